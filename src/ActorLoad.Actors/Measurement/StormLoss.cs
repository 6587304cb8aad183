namespace ActorLoad.Actors.Measurement;

/// <summary>One loss of one stream, as long as it may belong to a storm. Guarded by the storm watch's lock.</summary>
/// <param name="at">Timestamp ticks.</param>
/// <param name="missed">Events that the stream had missed by then.</param>
/// <param name="replayed">Events that had been replayed to it by then.</param>
public sealed class StormLoss(long at, long openedAt, long missed, long replayed)
{
    private List<long>? _attempts;

    public long At { get; } = at;

    /// <summary>When the connection that was lost had opened, in timestamp ticks.</summary>
    public long OpenedAt { get; } = openedAt;

    /// <summary>The storm that it belongs to, once that is known.</summary>
    internal StormAccount? Storm { get; set; }

    /// <summary>It is among the latest losses, of which a storm may be made.</summary>
    internal bool IsRecent { get; set; }

    /// <summary>When the stream was open again, in timestamp ticks; null while it is away.</summary>
    public long? BackAt { get; set; }

    /// <summary>What the storm's account has taken of the stream's missed events.</summary>
    public long Missed { get; set; } = missed;

    public long Replayed { get; set; } = replayed;

    /// <summary>Attempts before it was known whether this is a storm, in timestamp ticks.</summary>
    public IReadOnlyList<long> Attempts => _attempts ?? [];

    public long Failures { get; set; }

    public void KeepAttempt(long at) => (_attempts ??= []).Add(at);
}
