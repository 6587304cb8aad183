using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorLoad.Benchmarks;

/// <summary>
/// Serves every connection a stream of events, in turn and at a fixed rate in all; each tells a sending time that lies a known time
/// before the moment in which it is handed to the kernel. Microseconds, where the embedded target tells milliseconds. In the first
/// seconds they are heartbeats that tell no time: connecting a hundred users and compiling what handles events is not what is measured.
/// </summary>
internal sealed class BackdatingServer : IDisposable
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _streams = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly TimeSpan _back;
    private readonly Thread _sender;
    private readonly Stopwatch _sinceFirst = new();
    private long _sent;

    public BackdatingServer(int perSecond, TimeSpan back)
    {
        _back = back;
        _listener.Start(1000);
        _ = AcceptAsync();
        _sender = new Thread(() => Send(perSecond)) { IsBackground = true };
        _sender.Start();
    }

    public Uri BaseUrl => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Without heartbeats.</summary>
    public long Sent => Volatile.Read(ref _sent);

    public void Dispose()
    {
        _stopped.Cancel();
        _sender.Join();
        _listener.Dispose();
        foreach (var stream in _streams)
        {
            stream.Dispose();
        }

        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var request = new byte[4096];
        try
        {
            while (true)
            {
                var stream = await _listener.AcceptSocketAsync(_stopped.Token);
                stream.NoDelay = true;
                await stream.ReceiveAsync(request, _stopped.Token);
                stream.Send(Encoding.ASCII.GetBytes(Head));
                lock (_streams)
                {
                    _sinceFirst.Start();
                    _streams.Add(stream);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    // A thread of its own that sleeps a millisecond at a time and then sends what is due: no thread pool, no spinning.
    private void Send(int perSecond)
    {
        var clock = Stopwatch.StartNew();
        for (long due = 0, done = 0; !_stopped.IsCancellationRequested; Thread.Sleep(1))
        {
            for (due = (long)(clock.Elapsed.TotalSeconds * perSecond); done < due; done++)
            {
                SendOne(done);
            }
        }
    }

    private void SendOne(long number)
    {
        Socket stream;
        lock (_streams)
        {
            if (_streams.Count == 0)
            {
                return;
            }

            stream = _streams[(int)(number % _streams.Count)];
        }

        var isWarm = _sinceFirst.Elapsed > WarmUp;
        var sentAt = (DateTimeOffset.UtcNow - _back - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        try
        {
            stream.Send(Encoding.ASCII.GetBytes(isWarm
                ? string.Create(CultureInfo.InvariantCulture, $"id: {number}\ndata: {{\"type\":\"tick\",\"ts\":{sentAt},\"n\":{number}}}\n\n")
                : "event: ping\ndata: {\"type\":\"ping\",\"from\":\"backdating server\"}\n\n"));
            Interlocked.Add(ref _sent, isWarm ? 1 : 0);
        }
        catch (SocketException)
        {
            lock (_streams)
            {
                _streams.Remove(stream);
            }
        }
    }
}
