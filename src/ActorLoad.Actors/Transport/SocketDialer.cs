using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>Makes the TCP (and TLS) connections of a connector and stamps how long each took.</summary>
internal sealed class SocketDialer(TimeSpan timeout, SslClientAuthenticationOptions? tls)
{
    /// <summary>The handler's connect callback. With <c>tls</c> null (behind a proxy) the handler itself does TLS.</summary>
    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        context.InitialRequestMessage.Options.TryGetValue(ConnectTrace.Key, out var trace);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, trace?.Cancellation ?? CancellationToken.None);
        deadline.CancelAfter(timeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            await socket.ConnectAsync(EndPointOf(context.DnsEndPoint), deadline.Token).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null && context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps)
            {
                stream = await SecureAsync(stream, context.DnsEndPoint.Host, deadline.Token).ConfigureAwait(false);
            }

            trace?.Timer?.OnConnected(TimeProvider.System.GetTimestamp() - start);
            return stream;
        }
        catch (Exception e)
        {
            stream?.Dispose();
            socket.Dispose();
            var givenUp = cancellation.IsCancellationRequested || trace is { Cancellation.IsCancellationRequested: true };
            if (e is OperationCanceledException && !givenUp)
            {
                throw new TransportException(FailureReason.Timeout, $"no connection within {timeout.TotalSeconds:0.###} s");
            }

            throw;
        }
        finally
        {
            trace?.LeaveGate();
        }
    }

    private async Task<Stream> SecureAsync(Stream plain, string host, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(TlsOptions.ForHost(tls!, host), cancellation).ConfigureAwait(false);
            return secure;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw new TransportException(FailureReason.Tls, $"TLS handshake failed: {(e.InnerException ?? e).Message}", e);
        }
    }

    // An address needs no resolver: that saves a thread-pool hop per connection.
    private static EndPoint EndPointOf(DnsEndPoint target) =>
        IPAddress.TryParse(target.Host, out var address) ? new IPEndPoint(address, target.Port) : target;
}
