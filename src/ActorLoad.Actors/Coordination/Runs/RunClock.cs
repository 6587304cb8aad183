namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>How far a run is. Once begun it goes by the monotonic clock: setting the machine's time does not move a run. Plain logic.</summary>
internal sealed class RunClock
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _before;
    private readonly long _stamp;

    /// <param name="startedAt">Offset zero of the plan; it may lie ahead, or far behind when another coordinator began the run.</param>
    public RunClock(TimeProvider time, DateTimeOffset startedAt)
    {
        (_time, StartedAt) = (time, startedAt);
        _before = time.GetUtcNow() - startedAt;
        _stamp = time.GetTimestamp();
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Negative before the start.</summary>
    public TimeSpan Elapsed => _before + _time.GetElapsedTime(_stamp);

    /// <summary>Number of the second that is on.</summary>
    public int Second => Math.Max(0, (int)Elapsed.TotalSeconds);
}
