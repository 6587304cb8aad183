using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorLoad.Host.Target;

/// <summary>The certificate of the target's https addresses.</summary>
internal static class TargetCertificate
{
    /// <summary>Null when no address needs one.</summary>
    /// <exception cref="ArgumentException">An address needs one and the options give none.</exception>
    /// <exception cref="IOException">The files cannot be used.</exception>
    public static X509Certificate2? For(IReadOnlyList<TargetAddress> addresses, TargetOptions options)
    {
        if (!addresses.Any(a => a.IsTls))
        {
            return null;
        }

        if (options.TlsCertFile is { } file)
        {
            return Load(file, options.TlsKeyFile);
        }

        return options.TlsSelfSigned
            ? SelfSigned(addresses.Select(a => a.EndPoint.Address))
            : throw new ArgumentException("an https address needs a certificate: name its files, or ask for a self-signed one");
    }

    private static X509Certificate2 Load(string file, string? keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file, keyFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot use the certificate '{file}': {e.Message}", e);
        }
    }

    private static X509Certificate2 SelfSigned(IEnumerable<IPAddress> addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=actorload target", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var address in addresses.Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback).Distinct())
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
    }
}
