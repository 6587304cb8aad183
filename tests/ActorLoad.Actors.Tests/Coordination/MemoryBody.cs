using System.Text;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>A response body: a text that is there at once, and then either the end or silence until it is closed.</summary>
internal sealed class MemoryBody(string text, bool ends) : Stream
{
    private readonly MemoryStream _text = new(Encoding.UTF8.GetBytes(text));
    private int _closed;
    private volatile bool _read;

    /// <summary>Somebody has begun to read, which is what a connection does once it is open.</summary>
    public bool IsRead => _read;

    public bool IsClosed => Volatile.Read(ref _closed) > 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _read = true;
        var read = _text.Read(buffer.Span);
        if (read == 0 && !ends)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Interlocked.Increment(ref _closed);
        base.Dispose(disposing);
    }
}
