using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>The TLS side of a connector, built from the scenario's settings.</summary>
internal sealed class TlsOptions
{
    private readonly string _serverName;
    private readonly bool _http2;

    /// <exception cref="InvalidDataException">A certificate or key file cannot be used; the message names it.</exception>
    public TlsOptions(TlsSettings settings, bool http2)
    {
        _serverName = settings.ServerName;
        _http2 = http2;
        if (settings.ClientCertFile.Length > 0)
        {
            Shared.ClientCertificateContext = Load(settings.ClientCertFile, () => ClientCertificate(settings));
        }

        if (settings.Insecure)
        {
            // The scenario asks for it by name; meant for test servers with certificates of their own making.
            Shared.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (settings.CaFile.Length > 0)
        {
            Shared.CertificateChainPolicy = Load(settings.CaFile, () => TrustOnly(settings.CaFile));
        }
    }

    /// <summary>For a handler that does TLS itself, behind a proxy: host and protocols are then the handler's business.</summary>
    public SslClientAuthenticationOptions Shared { get; } = new();

    /// <summary>A copy for one handshake: the options object is not shared between hosts.</summary>
    public SslClientAuthenticationOptions ForHost(string host) => new()
    {
        TargetHost = _serverName.Length > 0 ? _serverName : host,
        ClientCertificateContext = Shared.ClientCertificateContext,
        RemoteCertificateValidationCallback = Shared.RemoteCertificateValidationCallback,
        CertificateChainPolicy = Shared.CertificateChainPolicy,
        ApplicationProtocols = [_http2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
    };

    /// <exception cref="TransportException">HTTP/2 was asked for and the server has not chosen it (RFC 9113, 3.2).</exception>
    public void CheckProtocol(SslApplicationProtocol negotiated)
    {
        if (_http2 && negotiated != SslApplicationProtocol.Http2)
        {
            throw new TransportException(FailureReason.Protocol, "the server does not speak HTTP/2: it did not choose h2 in the TLS handshake");
        }
    }

    // What else the file holds are the intermediates between the certificate and an authority that the server knows.
    private static SslStreamCertificateContext ClientCertificate(TlsSettings settings)
    {
        var certificate = X509Certificate2.CreateFromPemFile(
            settings.ClientCertFile, settings.ClientKeyFile.Length > 0 ? settings.ClientKeyFile : null);
        var others = new X509Certificate2Collection();
        others.ImportFromPemFile(settings.ClientCertFile);
        return SslStreamCertificateContext.Create(certificate, others, offline: true);
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities.Count > 0 ? authorities : throw new InvalidDataException("it contains no certificate"));
        return policy;
    }

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
