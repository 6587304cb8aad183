using Akka.Remote.Hosting;

namespace ActorLoad.Host.Node;

/// <summary>Where remoting listens, and with which certificates.</summary>
internal static class NodeRemoting
{
    public static RemoteOptions Of(NodeOptions node, NodeTls? tls)
    {
        var options = new RemoteOptions { HostName = node.Hostname, PublicHostName = node.ReachableAs, Port = node.Port };
        if (tls is not null)
        {
            options.EnableSsl = true;
            options.Ssl = new SslOptions
            {
                X509Certificate = tls.Certificate,
                RequireMutualAuthentication = true,
                ValidateCertificateHostname = false,
                CustomValidator = (certificate, _, _, _, _) => tls.Accepts(certificate),
            };
        }

        return options;
    }
}
