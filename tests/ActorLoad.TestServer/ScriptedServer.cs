using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorLoad.TestServer;

/// <summary>
/// An HTTP server on loopback that sends exactly the bytes its scripts say, for tests of clients. Connection n plays script
/// n, counted from 0 in the order of arrival; further connections play the last one. Connections run side by side.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _listener;
    private readonly Script[] _scripts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly Milestones<ReceivedRequest> _requests = new();
    private readonly Milestones<int> _accepted = new();
    private readonly Milestones<int> _ended = new();
    private long _bytesSent;

    private ScriptedServer(int port, Script[] scripts)
    {
        _scripts = scripts;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>An address on this server; scripts do not look at it.</summary>
    public string Url => UrlOf("/events");

    /// <summary>The requests read so far, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _requests.All;

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => _accepted.All.Count;

    /// <summary>How many accepted connections are still open.</summary>
    public int OpenConnections => _accepted.All.Count - _ended.All.Count;

    /// <summary>Bytes handed to the sockets so far, over all connections.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>What went wrong in scripts for another reason than a client that left.</summary>
    public IReadOnlyCollection<Exception> Faults => _faults;

    public static ScriptedServer Start(params Script[] scripts) => StartOn(0, scripts);

    /// <summary>Starts on a port that an earlier server of the same test had.</summary>
    public static ScriptedServer StartOn(int port, params Script[] scripts) =>
        scripts.Length > 0
            ? new ScriptedServer(port, scripts)
            : throw new ArgumentException("A server needs at least one script.", nameof(scripts));

    public string UrlOf(string pathAndQuery) => $"http://127.0.0.1:{Port}{pathAndQuery}";

    /// <summary>Waits until <paramref name="count"/> requests were read and returns the last of these.</summary>
    /// <exception cref="TimeoutException">They did not come within 30 s.</exception>
    public async Task<ReceivedRequest> RequestAsync(int count) =>
        (await _requests.WaitForAsync(count, Patience).ConfigureAwait(false))[count - 1];

    /// <summary>Waits until <paramref name="count"/> connections have ended, from whichever side.</summary>
    /// <exception cref="TimeoutException">They did not end within 30 s.</exception>
    public Task ConnectionsEndedAsync(int count) => _ended.WaitForAsync(count, Patience);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
        _stop.Dispose();
    }

    internal void Record(ReceivedRequest request) => _requests.Add(request);

    internal void CountSent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    private async Task AcceptAsync()
    {
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _accepted.Add(number);
            var script = _scripts[Math.Min(number, _scripts.Length - 1)];
            var playing = PlayAsync(script, number, new ServerConnection(this, socket));
            _connections.TryAdd(playing, 0);
        }
    }

    private async Task PlayAsync(Script script, int number, ServerConnection connection)
    {
        await Task.Yield();
        using (connection)
        {
            try
            {
                await script.Close().RunAsync(connection, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client left, the script reset the connection, or the test is over.
            }
            catch (Exception e)
            {
                _faults.Enqueue(e);
            }
        }

        _ended.Add(number);
    }
}
