namespace ActorLoad.Host.Target.Faults;

/// <summary>SplitMix64: a random sequence in eight bytes, the same on every machine, so that thousands of streams can each have one.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Joins two numbers into one seed in which close inputs are far apart.</summary>
    public static ulong Join(ulong a, ulong b) => new SplitMix(a ^ new SplitMix(b).Next()).Next();

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Evenly distributed in [0, 100).</summary>
    public double NextPercent() => (Next() >> 11) * (100.0 / (1UL << 53));
}
