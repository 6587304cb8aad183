using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>What a failed TLS handshake means.</summary>
internal static class TlsErrors
{
    /// <summary>
    /// The alert with which a server that supports none of the protocols offered may refuse (RFC 7301, section 3.2), in
    /// OpenSSL's words and as its number (1000 + alert 120).
    /// </summary>
    private static readonly string[] NoApplicationProtocol = ["no application protocol", "reason(1120)"];

    public static (FailureReason Reason, string Message) Classify(Exception error)
    {
        var text = (error.InnerException ?? error).Message;
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (NoApplicationProtocol.Any(t => e.Message.Contains(t, StringComparison.OrdinalIgnoreCase)))
            {
                return (FailureReason.Protocol, "the server does not speak the version of HTTP that was asked for: it refused it in the TLS handshake");
            }

            text = e.InnerException is null ? text : e.InnerException.Message;
        }

        return (FailureReason.Tls, $"TLS handshake failed: {text}");
    }
}
