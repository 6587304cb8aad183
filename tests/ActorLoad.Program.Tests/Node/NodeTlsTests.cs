using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Node;

/// <summary>Remoting with mutual authentication between two processes: the right certificate joins, a wrong one does not.</summary>
public sealed class NodeTlsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Nodes_with_certificates_of_our_authority_join_and_others_do_not()
    {
        using var authority = Authority("ours");
        using var stranger = Authority("theirs");
        var ca = _folder.Write("ca.pem", authority.ExportCertificatePem());
        var strangerCa = _folder.Write("their-ca.pem", stranger.ExportCertificatePem());
        await using var first = await NodeProcess.StartAsync("--tls-cert", Certificate("a", authority), "--tls-ca", ca);
        Assert.StartsWith("akka.ssl.tcp://", first.Address, StringComparison.Ordinal);
        await using var second = await NodeProcess.StartAsync(
            "--roles", "worker", "--seed", first.Seed, "--tls-cert", Certificate("b", authority), "--tls-ca", ca);
        await first.UntilMembersAsync(m => m.Count(x => x.EndsWith(" up", StringComparison.Ordinal)) == 2, "two members up");

        // It would accept the others' certificate; the others do not accept its own.
        await using var third = await NodeProcess.StartAsync(
            "--roles", "worker", "--seed", first.Seed, "--join-timeout", "3s", "--tls-cert", Certificate("c", stranger), "--tls-ca", ca);
        // This one does not accept the others'.
        await using var fourth = await NodeProcess.StartAsync(
            "--roles", "worker", "--seed", first.Seed, "--join-timeout", "3s", "--tls-cert", Certificate("d", authority), "--tls-ca", strangerCa);
        Assert.Equal(1, (await third.Process.ExitAsync()).ExitCode);
        Assert.Equal(1, (await fourth.Process.ExitAsync()).ExitCode);
        await first.UntilMembersAsync(m => m.Count == 2 && m.All(x => x.EndsWith(" up", StringComparison.Ordinal)), "still two members up");
    }

    public void Dispose() => _folder.Dispose();

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private string Certificate(string name, X509Certificate2 authority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!),
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddHours(12),
            RandomNumberGenerator.GetBytes(8));
        return _folder.Write($"{name}.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }
}
