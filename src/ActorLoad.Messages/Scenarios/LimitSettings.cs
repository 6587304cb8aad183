namespace ActorLoad.Messages.Scenarios;

/// <summary>How much of a target's output is held in memory, in bytes. Beyond it the connection fails with a typed reason.</summary>
public sealed record LimitSettings
{
    public int MaxLine { get; init; } = 1024 * 1024;

    public int MaxEvent { get; init; } = 8 * 1024 * 1024;

    /// <summary>Rounded up to whole KiB, for all streams of a run the same.</summary>
    public int MaxHeaders { get; init; } = 64 * 1024;
}
