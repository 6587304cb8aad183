namespace ActorLoad.Messages.Scenarios;

/// <summary>A span of time drawn evenly between two bounds; equal bounds make it constant.</summary>
public readonly record struct DurationRange(TimeSpan Min, TimeSpan Max)
{
    public static DurationRange Zero => default;

    public TimeSpan Draw(Random random) =>
        Max <= Min ? Min : Min + TimeSpan.FromTicks((long)(random.NextDouble() * (Max - Min).Ticks));
}
