using System.Text;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>
/// A response body that a test feeds. A read of no bytes waits until there is something to read and takes nothing, as those
/// of the HTTP stack do; what must not happen (two reads at once, a read after dispose) is kept as a fault.
/// </summary>
internal sealed class FedStream : Stream
{
    private readonly Lock _lock = new();
    private readonly Queue<object> _items = [];
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<bool> _completesLate;
    private TaskCompletionSource _fed = NewSignal();
    private int _reading;
    private int _largestRead;
    private int _waits;

    /// <param name="completesLate">Asked per read whether it completes asynchronously although its bytes are there.</param>
    public FedStream(Func<bool>? completesLate = null) => _completesLate = completesLate ?? (static () => false);

    public List<string> Faults { get; } = [];

    /// <summary>Ends with the stream's disposal.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>The largest buffer that is held by a read which has nothing to read yet.</summary>
    public int LargestWaitingBuffer => Volatile.Read(ref _largestRead);

    /// <summary>How many reads have found nothing to read at first.</summary>
    public int Waits => Volatile.Read(ref _waits);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Feed(string text) => Feed(Encoding.UTF8.GetBytes(text));

    public void Feed(byte[] bytes) => Add(bytes);

    /// <summary>The body ends cleanly.</summary>
    public void End() => Add(Array.Empty<byte>());

    /// <summary>Reads fail from here on.</summary>
    public void Break(Exception error) => Add(error);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _reading) > 1)
        {
            Fault("two reads at once");
        }

        try
        {
            if (_disposed.Task.IsCompleted)
            {
                Fault("a read after dispose");
            }

            if (_completesLate())
            {
                await Task.Yield();
            }

            while (true)
            {
                Task fed;
                lock (_lock)
                {
                    ObjectDisposedException.ThrowIf(_disposed.Task.IsCompleted, this);
                    if (_items.Count > 0)
                    {
                        return Take(buffer.Span);
                    }

                    _largestRead = Math.Max(_largestRead, buffer.Length);
                    _waits++;
                    fed = _fed.Task;
                }

                await fed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("only asynchronous reads");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(object item)
    {
        TaskCompletionSource fed;
        lock (_lock)
        {
            _items.Enqueue(item);
            (fed, _fed) = (_fed, NewSignal());
        }

        fed.SetResult();
    }

    private void Fault(string fault)
    {
        lock (_lock)
        {
            Faults.Add(fault);
        }
    }

    // The end and an error stay where they are: whoever reads on finds them again.
    private int Take(Span<byte> target)
    {
        switch (_items.Peek())
        {
            case Exception error:
                throw error;
            case byte[] bytes when bytes.Length == 0 || target.IsEmpty:
                return 0;
            case byte[] bytes:
                _items.Dequeue();
                var count = Math.Min(bytes.Length, target.Length);
                bytes.AsSpan(0, count).CopyTo(target);
                if (count < bytes.Length)
                {
                    var rest = _items.ToArray();
                    _items.Clear();
                    _items.Enqueue(bytes[count..]);
                    Array.ForEach(rest, _items.Enqueue);
                }

                return count;
            default:
                throw new InvalidOperationException();
        }
    }
}
