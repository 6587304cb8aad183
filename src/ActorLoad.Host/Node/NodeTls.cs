using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorLoad.Host.Node;

/// <summary>Which certificate a node shows, and which ones it accepts: both sides of every connection must show one.</summary>
internal sealed class NodeTls
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly HashSet<string> _thumbprints;

    private NodeTls(X509Certificate2 certificate, IEnumerable<string> thumbprints)
    {
        Certificate = certificate;
        _thumbprints = new HashSet<string>(thumbprints.Select(Plain), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <exception cref="InvalidDataException">A file cannot be used; the message names it.</exception>
    public static NodeTls? Load(NodeOptions node)
    {
        if (node.TlsCert is not { } file)
        {
            return null;
        }

        var tls = new NodeTls(Read(file, () => CreateWithKey(file, node.TlsKey)), node.TlsThumbprints);
        if (node.TlsCa is { } authorities)
        {
            Read(authorities, () =>
            {
                tls._authorities.ImportFromPemFile(authorities);
                return tls._authorities.Count > 0 ? tls : throw new InvalidDataException("it contains no certificate");
            });
        }

        return tls;
    }

    /// <summary>Whether a node with this certificate may talk to us.</summary>
    public bool Accepts(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return false;
        }

        if (_thumbprints.Count > 0 && !_thumbprints.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA256)))
        {
            return false;
        }

        return _authorities.Count == 0 ? _thumbprints.Count > 0 : IsSignedByOurs(certificate);
    }

    /// <summary>A thumbprint without the colons that openssl puts into it.</summary>
    public static string Plain(string thumbprint) => thumbprint.Replace(":", "", StringComparison.Ordinal).Trim();

    // Names are not compared: nodes call each other by addresses that change; who signed it, or which one it is, decides.
    private bool IsSignedByOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        // A stranger's certificate must not make a node fetch what it names.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    // A key that came from PEM belongs to this object alone; the TLS stack wants one that it can open again.
    private static X509Certificate2 CreateWithKey(string file, string? key)
    {
        using var fromPem = X509Certificate2.CreateFromPemFile(file, key);
        return X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null);
    }

    private static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidDataException($"cannot use the certificate file '{file}': {e.Message}", e);
        }
    }
}
