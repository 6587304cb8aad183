using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>The first few examples of each kind of what went wrong with sequences, all streams of a worker together. Thread-safe.</summary>
public sealed class IntegritySamples
{
    /// <summary>In a run.</summary>
    public const int MaxPerKind = StatsTotals.MaxSamplesPerKind;

    private readonly int[] _counts = new int[Enum.GetValues<IntegrityKind>().Length];
    private List<IntegritySample> _fresh = [];

    /// <summary>Asked before an example is made, so that the many that nobody will see cost nothing.</summary>
    public bool HasRoom(IntegrityKind kind) => Volatile.Read(ref _counts[(int)kind]) < MaxPerKind;

    /// <summary>Takes it if there is still room.</summary>
    /// <param name="key">Empty when the stream's sequences have no keys.</param>
    /// <param name="at">When it was noticed.</param>
    public void Add(IntegrityKind kind, StreamRecorder stream, long user, string key, long number, DateTimeOffset at)
    {
        var sample = new IntegritySample(kind, stream.Type.Name, user, stream.Name, key, number, at.ToUnixTimeMilliseconds());
        lock (_counts)
        {
            if (_counts[(int)kind] < MaxPerKind)
            {
                _counts[(int)kind]++;
                _fresh.Add(sample);
            }
        }
    }

    /// <summary>Those since the last call.</summary>
    public IntegritySample[] Take()
    {
        lock (_counts)
        {
            IntegritySample[] samples = [.. _fresh];
            _fresh = [];
            return samples;
        }
    }
}
