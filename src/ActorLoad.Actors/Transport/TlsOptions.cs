using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport;

/// <summary>Builds the TLS side of a connector from the scenario's settings.</summary>
internal static class TlsOptions
{
    /// <exception cref="InvalidDataException">A certificate or key file cannot be used; the message names it.</exception>
    public static SslClientAuthenticationOptions Build(TlsSettings settings)
    {
        var options = new SslClientAuthenticationOptions();
        if (settings.ClientCertFile.Length > 0)
        {
            options.ClientCertificates = [Load(settings.ClientCertFile, () => X509Certificate2.CreateFromPemFile(
                settings.ClientCertFile, settings.ClientKeyFile.Length > 0 ? settings.ClientKeyFile : null))];
        }

        if (settings.Insecure)
        {
            // The scenario asks for it by name; meant for test servers with certificates of their own making.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (settings.CaFile.Length > 0)
        {
            var authorities = new X509Certificate2Collection();
            Load(settings.CaFile, () =>
            {
                authorities.ImportFromPemFile(settings.CaFile);
                return authorities.Count > 0 ? authorities : throw new InvalidDataException("it contains no certificate");
            });
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            options.CertificateChainPolicy = policy;
        }

        return options;
    }

    /// <summary>A copy for one handshake: the options object is not shared between hosts.</summary>
    public static SslClientAuthenticationOptions ForHost(SslClientAuthenticationOptions shared, string host) => new()
    {
        TargetHost = host,
        ClientCertificates = shared.ClientCertificates,
        RemoteCertificateValidationCallback = shared.RemoteCertificateValidationCallback,
        CertificateChainPolicy = shared.CertificateChainPolicy,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
    };

    private static T Load<T>(string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"cannot use the certificate file '{file}': {e.Message}", e);
        }
    }
}
