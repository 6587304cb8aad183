using System.Text.Json;

namespace ActorLoad.Host.Target.Stats;

/// <summary>
/// When the target accepted what, by tenths of a second of the wall clock: what a report of a reconnect storm is checked against.
/// With a file every slot that is over is appended as a line of JSON, so that a target that is killed and started again
/// goes on where it was. Thread-safe.
/// </summary>
internal sealed class AcceptLog(string? file, TimeProvider time) : IDisposable
{
    public const int SlotMs = 100;

    // Nearly three hours of never pausing; beyond, the oldest go.
    private const int MostSlots = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<AcceptSlot> _slots = [];
    private readonly StreamWriter? _writer = file is null ? null : Open(file);
    private long _slot;
    private int _connections;
    private int _streams;

    public void Connection()
    {
        lock (_lock)
        {
            Turn();
            _connections++;
        }
    }

    public void Stream()
    {
        lock (_lock)
        {
            Turn();
            _streams++;
        }
    }

    /// <summary>The slots in which something was accepted, the current one included, oldest first.</summary>
    public IReadOnlyList<AcceptSlot> Snapshot()
    {
        lock (_lock)
        {
            Turn();
            return _connections + _streams == 0 ? [.. _slots] : [.. _slots, new AcceptSlot(_slot * SlotMs, _connections, _streams)];
        }
    }

    /// <summary>Writes what is over to the file; called now and then, because nothing may be accepted for long.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            Turn();
            _writer?.Flush();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Close();
            _writer?.Dispose();
        }
    }

    private static StreamWriter Open(string file) =>
        new(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));

    private void Turn()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / SlotMs;
        if (now != _slot)
        {
            Close();
            _slot = now;
        }
    }

    private void Close()
    {
        if (_connections + _streams == 0)
        {
            return;
        }

        var slot = new AcceptSlot(_slot * SlotMs, _connections, _streams);
        (_connections, _streams) = (0, 0);
        if (_slots.Count == MostSlots)
        {
            _slots.Dequeue();
        }

        _slots.Enqueue(slot);
        _writer?.WriteLine(JsonSerializer.Serialize(slot, JsonSerializerOptions.Web));
    }
}
