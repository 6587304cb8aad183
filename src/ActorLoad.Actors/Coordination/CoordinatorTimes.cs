namespace ActorLoad.Actors.Coordination;

/// <summary>How long a coordinator waits for what. The defaults are what the documentation says; tests shorten them.</summary>
public sealed record CoordinatorTimes
{
    /// <summary>After this long without an answer a message is sent again.</summary>
    public TimeSpan Repeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A new coordinator waits this long for workers that have a run already, before it begins another one.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>All workers have to be prepared, or the run folder made, within this.</summary>
    public TimeSpan Prepare { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A run waits this long for the first measurement of a worker's clock.</summary>
    public TimeSpan FirstClock { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From the word to begin to the beginning, when it has to travel.</summary>
    public TimeSpan StartDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From the word to the moment from which on arrivals of the open model are another worker's.</summary>
    public TimeSpan MoveDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From the invitation of a worker that comes while a run is on to its first window; doubled each time that it was not ready by then.</summary>
    public TimeSpan JoinLead { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Less of the plan than this is not worth joining.</summary>
    public TimeSpan WorthJoining { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>At a take-over: until the worker that knows most is asked what the run is.</summary>
    public TimeSpan Listen { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>At a take-over: a worker that has not come by then is lost.</summary>
    public TimeSpan Recover { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From one measurement of a worker's clock to the next.</summary>
    public TimeSpan Clocks { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pings of one measurement.</summary>
    public TimeSpan ClockPings { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The report of a run has to be written within this.</summary>
    public TimeSpan Record { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whoever watches a run and has not said so again for this long is forgotten.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(10);
}
