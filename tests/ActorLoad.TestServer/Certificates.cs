using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorLoad.TestServer;

/// <summary>A certificate authority of a test's own, and what it signs, as PEM files in a folder that goes away with it.</summary>
public sealed class Certificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-tls-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public Certificates()
    {
        var request = new CertificateRequest("CN=ActorLoad test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        AuthorityFile = Write("ca.pem", _authority.ExportCertificatePem());
    }

    public string AuthorityFile { get; }

    /// <summary>A server's certificate and key as PEM files, for servers that read them from there.</summary>
    public (string Certificate, string Key) ServerFiles(string host = "127.0.0.1")
    {
        using var certificate = Server(host);
        using var key = certificate.GetECDsaPrivateKey()!;
        return (Write($"{host}.pem", certificate.ExportCertificatePem()), Write($"{host}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>A server's certificate, for an address or a name.</summary>
    public X509Certificate2 Server(string host = "127.0.0.1")
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign($"CN={host}", key, names.Build());
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>A client's certificate and key, as the scenario names them.</summary>
    public (string Certificate, string Key) Client(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign($"CN={name}", key, null);
        return (Write("client.pem", signed.ExportCertificatePem()), Write("client.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Sign(string subject, ECDsa key, X509Extension? names)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        return request.Create(
            _authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
    }
}
