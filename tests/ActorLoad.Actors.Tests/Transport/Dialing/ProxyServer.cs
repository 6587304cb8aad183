using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorLoad.Actors.Tests.Transport.Dialing;

/// <summary>
/// A proxy on loopback that speaks CONNECT and SOCKS5 (RFC 1928, with the names and passwords of RFC 1929), whichever a client
/// begins with. Whatever is asked for, it connects to the one server it stands before.
/// </summary>
internal sealed class ProxyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly int _targetPort;
    private readonly string? _credentials;
    private readonly Task _accepting;

    /// <param name="credentials"><c>name:password</c> that clients have to give; null = nothing is asked.</param>
    public ProxyServer(int targetPort, string? credentials = null)
    {
        (_targetPort, _credentials) = (targetPort, credentials);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What tunnels were asked for, as "connect host:port" or "socks5 host:port".</summary>
    public ConcurrentQueue<string> Tunnels { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var first = new byte[1];
                await stream.ReadExactlyAsync(first, _stop.Token);
                if (first[0] == 5 ? await SocksAsync(stream) : await ConnectAsync(stream, (char)first[0]))
                {
                    using var target = new TcpClient();
                    await target.ConnectAsync(IPAddress.Loopback, _targetPort, _stop.Token);
                    await Task.WhenAny(stream.CopyToAsync(target.GetStream(), _stop.Token), target.GetStream().CopyToAsync(stream, _stop.Token));
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One of the three has left.
            }
        }
    }

    private async Task<bool> ConnectAsync(NetworkStream stream, char first)
    {
        for (var head = first + await HeadAsync(stream); ; head = await HeadAsync(stream))
        {
            var given = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Proxy-Authorization: Basic ", StringComparison.OrdinalIgnoreCase));
            if (_credentials is null || (given is not null && Encoding.UTF8.GetString(Convert.FromBase64String(given.Split(' ')[^1])) == _credentials))
            {
                Tunnels.Enqueue($"connect {head.Split(' ')[1]}");
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stop.Token);
                return true;
            }

            await stream.WriteAsync("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task<bool> SocksAsync(NetworkStream stream)
    {
        var methods = await BytesAsync(stream, (await BytesAsync(stream, 1))[0]);
        var method = (byte)(_credentials is null ? 0 : 2);
        await stream.WriteAsync(new byte[] { 5, methods.Contains(method) ? method : (byte)0xff }, _stop.Token);
        if (_credentials is not null)
        {
            await BytesAsync(stream, 1);
            var name = Encoding.UTF8.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1))[0]));
            var password = Encoding.UTF8.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1))[0]));
            var right = $"{name}:{password}" == _credentials;
            await stream.WriteAsync(new byte[] { 1, (byte)(right ? 0 : 1) }, _stop.Token);
            if (!right)
            {
                return false;
            }
        }

        var head = await BytesAsync(stream, 4);
        var host = head[3] == 3
            ? Encoding.ASCII.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1))[0]))
            : new IPAddress(await BytesAsync(stream, head[3] == 1 ? 4 : 16)).ToString();
        Tunnels.Enqueue($"socks5 {host}:{BinaryPrimitives.ReadUInt16BigEndian(await BytesAsync(stream, 2))}");
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _stop.Token);
        return true;
    }

    private async Task<byte[]> BytesAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }
}
