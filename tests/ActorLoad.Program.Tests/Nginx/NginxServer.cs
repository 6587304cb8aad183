using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Nginx;

/// <summary>An nginx of its own, in the foreground on a free loopback port, with its files in a temporary folder.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private const int Attempts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly Task _reading;

    private NginxServer(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
        _reading = Task.WhenAll(
            Log.ReadAsync(process.StandardError, closeAfter: null),
            new LineLog().ReadAsync(process.StandardOutput, closeAfter: null));
    }

    public int Port { get; }

    /// <summary>What nginx wrote to stderr.</summary>
    internal LineLog Log { get; } = new();

    /// <summary>Starts nginx and waits until it listens.</summary>
    /// <param name="locations">The inside of the one <c>server</c> block, apart from <c>listen</c>.</param>
    /// <param name="listenOptions">What follows the address in its <c>listen</c>: <c>ssl http2</c>, say.</param>
    /// <exception cref="InvalidOperationException">nginx or its nchan module is not there, or it did not start.</exception>
    public static async Task<NginxServer> StartAsync(string locations, string listenOptions = "")
    {
        for (var attempt = 1; ; attempt++)
        {
            // The port is free now, and may be taken before nginx binds it: then nginx ends, and the next port is tried.
            var port = FreePort();
            var server = Launch(locations, listenOptions, port);
            if (await server.ListensAsync())
            {
                return server;
            }

            await server.DisposeAsync();
            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"nginx did not start:\n{string.Join('\n', server.Log.All)}");
            }
        }
    }

    public string UrlOf(string pathAndQuery) => $"http://127.0.0.1:{Port}{pathAndQuery}";

    /// <summary>
    /// Reloads the configuration: new workers take over at once, the old ones cut whatever is still open a second later.
    /// </summary>
    public void Reload() => Signals.Send(_process.Id, Signals.Hangup);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signals.Send(_process.Id, Signals.Terminate);
            using var limit = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        await _reading;
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static NginxServer Launch(string locations, string listenOptions, int port)
    {
        var folder = Directory.CreateTempSubdirectory("actorload-nginx-");
        if (!OperatingSystem.IsWindows())
        {
            // Workers of an nginx that runs as root are another user, who must get at the folders for temporary files.
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        File.WriteAllText(configuration, NginxInstallation.Configuration(folder.FullName, port, locations, listenOptions));
        var start = new ProcessStartInfo(
            NginxInstallation.Program, ["-p", folder.FullName, "-c", configuration, "-e", "stderr"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NginxServer(Process.Start(start)!, folder, port);
    }

    private async Task<bool> ListensAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_process.HasExited)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
                return !_process.HasExited;
            }
            catch (SocketException)
            {
                await retry.WaitForNextTickAsync(limit.Token);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
