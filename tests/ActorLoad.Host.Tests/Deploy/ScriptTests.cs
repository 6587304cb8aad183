using System.Diagnostics;
using ActorLoad.Host.Node;
using ActorLoad.Host.Tests.Reports;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>The two scripts, run for real.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task The_health_check_succeeds_where_a_node_says_so_and_nowhere_else()
    {
        await using var host = await NodeHost.StartAsync(new NodeOptions { Port = 0, HttpPort = 0, Token = "s" }, CancellationToken.None);
        var port = host.HttpUrl.Port;
        Assert.Equal(0, await RunAsync("deploy/docker/healthcheck.sh", $"{port}", "/health/live"));
        Assert.NotEqual(0, await RunAsync("deploy/docker/healthcheck.sh", $"{port}", "/health/nothing"));
        Assert.NotEqual(0, await RunAsync("deploy/docker/healthcheck.sh", $"{port}", "/api/cluster/show"));
        await host.DisposeAsync();
        Assert.NotEqual(0, await RunAsync("deploy/docker/healthcheck.sh", $"{port}", "/health/live"));
    }

    [Fact]
    public async Task Nodes_accept_each_others_certificates_and_nobody_elses()
    {
        using var folder = new TemporaryFolder();
        var (ours, theirs) = (Path.Combine(folder.Path, "ours"), Path.Combine(folder.Path, "theirs"));
        Assert.Equal(0, await RunAsync("deploy/make-certificates.sh", ours, "a"));
        Assert.Equal(0, await RunAsync("deploy/make-certificates.sh", ours, "b"));
        Assert.Equal(0, await RunAsync("deploy/make-certificates.sh", theirs, "a"));
        Assert.NotEqual(0, await RunAsync("deploy/make-certificates.sh", ours));

        var (a, b, stranger) = (Tls(ours, "a"), Tls(ours, "b"), Tls(theirs, "a"));
        Assert.True(a.Certificate.HasPrivateKey);
        Assert.True(a.Accepts(b.Certificate) && b.Accepts(a.Certificate));
        Assert.False(a.Accepts(stranger.Certificate) || stranger.Accepts(a.Certificate));
        Assert.True(b.Certificate.NotAfter > DateTime.Now.AddYears(2));

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(ours) & others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(ours, "ca.key")) & others);
    }

    private static NodeTls Tls(string folder, string name) => NodeTls.Load(new NodeOptions
    {
        TlsCert = Path.Combine(folder, name + ".crt"),
        TlsKey = Path.Combine(folder, name + ".key"),
        TlsCa = Path.Combine(folder, "ca.crt"),
    })!;

    private static async Task<int> RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf(script), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }
}
