using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorLoad.Actors.Tests.Transport.Pacing;

/// <summary>A server with small buffers of its own that sends one client after the other as much as it takes, and counts.</summary>
internal sealed class FloodServer : IAsyncDisposable
{
    private static readonly byte[] Head = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private long _sent;

    public FloodServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Bytes of the body that the kernel has taken.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Waits until the kernel has taken nothing more for a while: the server is held back.</summary>
    /// <exception cref="TimeoutException">It goes on and on.</exception>
    public async Task<long> BlockedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (last, still) = (-1L, 0);
        while (still < 6)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"the server was never held back and has sent {Sent} bytes");
            }

            await look.WaitForNextTickAsync();
            (last, still) = (Sent, Sent == last ? still + 1 : 0);
        }

        return last;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var piece = Encoding.ASCII.GetBytes($": {new string('x', 1000)}\n");
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptSocketAsync(_stop.Token);
                client.SendBufferSize = 8 * 1024;
                _ = await client.ReceiveAsync(new byte[4096], _stop.Token);
                await client.SendAsync(Head, _stop.Token);
                while (true)
                {
                    Interlocked.Add(ref _sent, await client.SendAsync(piece, _stop.Token));
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client or the test is gone.
            }
        }
    }
}
