using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>Turns the exceptions of the HTTP stack into the closed list of reasons.</summary>
public static class TransportErrors
{
    /// <summary>Headers that cannot be decoded or are too long; the type is the runtime's own.</summary>
    private const string HpackError = "System.Net.Http.HPack.HPackDecodingException";

    /// <summary>An exception before the response's headers were complete.</summary>
    public static (FailureReason Reason, string Message) WhileConnecting(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case TransportException known:
                    return (known.Reason, known.Message);
                case HttpRequestException { InnerException: HttpProtocolException }:
                    continue;
                case HttpProtocolException http2:
                    return (Http2Errors.WhileConnecting(http2.ErrorCode), Sentence(e));
                case var unknown when unknown.GetType().FullName == HpackError:
                    return (FailureReason.Protocol, Sentence(e));
                case AuthenticationException:
                    return TlsErrors.Classify(e);
                case SocketException socket:
                    return (FailureReason.Connect, $"{Describe(socket)}");
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return TlsErrors.Classify(e);
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return (FailureReason.Connect, "the server closed the connection before it answered");
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                        or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
                        or HttpRequestError.ExtendedConnectNotSupported
                }:
                    return (FailureReason.Protocol, Sentence(e));
            }
        }

        return error is HttpRequestException or IOException
            ? (FailureReason.Connect, Sentence(error))
            : (FailureReason.Protocol, Sentence(error));
    }

    /// <summary>An exception while the body of an open stream was read.</summary>
    public static (FailureReason Reason, string Message) WhileReading(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException socket:
                    return (FailureReason.Reset, Describe(socket));
                case HttpProtocolException http2:
                    return (Http2Errors.WhileReading(http2.ErrorCode), Sentence(e));
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return (FailureReason.Truncated, "the connection ended in the middle of the response");
                case HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }:
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                case InvalidDataException:
                    return (FailureReason.Protocol, Sentence(e));
            }
        }

        return (FailureReason.Reset, Sentence(error));
    }

    private static string Describe(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name could not be resolved",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "the connection was reset",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "the host is unreachable",
        SocketError.TooManyOpenSockets => "this process has no more file descriptors",
        SocketError.AddressNotAvailable => "this machine has no free local port towards the target",
        _ => $"{e.SocketErrorCode}: {e.Message}",
    };

    private static string Sentence(Exception e)
    {
        var text = e.Message.ReplaceLineEndings(" ");
        return text.Length > 200 ? text[..200] + "…" : text;
    }
}
