using System.Buffers;

namespace ActorLoad.Host.Target.Streams;

/// <summary>The streams that follow one ring. Adding and removing take constant time; nobody is called under the lock.</summary>
internal sealed class StreamSet
{
    private readonly Lock _lock = new();
    private TargetStream[] _streams = [];
    private int _count;

    public void Add(TargetStream stream)
    {
        lock (_lock)
        {
            if (_count == _streams.Length)
            {
                Array.Resize(ref _streams, Math.Max(4, _count * 2));
            }

            stream.PlaceInSet = _count;
            _streams[_count++] = stream;
        }
    }

    public void Remove(TargetStream stream)
    {
        lock (_lock)
        {
            var last = _streams[--_count];
            _streams[stream.PlaceInSet] = last;
            last.PlaceInSet = stream.PlaceInSet;
            _streams[_count] = null!;
        }
    }

    public void SignalAll() => ForEach(0, static (stream, _) => stream.Signal());

    /// <summary>Calls with every stream that is in the set now; a copy, so that streams may end meanwhile.</summary>
    public void ForEach<TState>(TState state, Action<TargetStream, TState> action)
    {
        TargetStream[] copy;
        int count;
        lock (_lock)
        {
            count = _count;
            if (count == 0)
            {
                return;
            }

            copy = ArrayPool<TargetStream>.Shared.Rent(count);
            Array.Copy(_streams, copy, count);
        }

        for (var i = 0; i < count; i++)
        {
            action(copy[i], state);
        }

        Array.Clear(copy, 0, count);
        ArrayPool<TargetStream>.Shared.Return(copy);
    }
}
