using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ActorLoad.TestServer;

/// <summary>One accepted connection: what the actions of a script work on.</summary>
public sealed class ServerConnection : IDisposable
{
    private const int MaxRequestHead = 1 << 20;

    private readonly ScriptedServer _server;
    private readonly Socket _socket;
    private readonly byte[] _received = new byte[16 * 1024];
    private int _start;
    private int _end;

    internal ServerConnection(ScriptedServer server, Socket socket)
    {
        _server = server;
        _socket = socket;
        _socket.NoDelay = true;
    }

    public async Task ReadRequestAsync(CancellationToken cancellation)
    {
        var head = new StringBuilder();
        while (!EndsHead(head))
        {
            head.Append((char)await ReadByteAsync(cancellation).ConfigureAwait(false));
            if (head.Length > MaxRequestHead)
            {
                throw new FormatException("The request head does not end.");
            }
        }

        var arrivedAt = Stopwatch.GetTimestamp();
        var text = head.ToString();
        var body = new byte[ReceivedRequest.ContentLength(text)];
        for (var i = 0; i < body.Length; i++)
        {
            body[i] = await ReadByteAsync(cancellation).ConfigureAwait(false);
        }

        _server.Record(ReceivedRequest.Parse(text, body, arrivedAt));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            var sent = await _socket.SendAsync(bytes, cancellation).ConfigureAwait(false);
            _server.CountSent(sent);
            bytes = bytes[sent..];
        }
    }

    /// <summary>Sends FIN and then waits for the client to leave, so that nothing it still sends turns the end into a reset.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        _socket.Shutdown(SocketShutdown.Send);
        await WaitForClientToLeaveAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public async Task WaitForClientToLeaveAsync(CancellationToken cancellation)
    {
        while (await _socket.ReceiveAsync(_received, cancellation).ConfigureAwait(false) > 0)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool EndsHead(StringBuilder head) =>
        head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private async ValueTask<byte> ReadByteAsync(CancellationToken cancellation)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await _socket.ReceiveAsync(_received, cancellation).ConfigureAwait(false);
            if (_end == 0)
            {
                throw new ClientLeftException();
            }
        }

        return _received[_start++];
    }
}
