namespace ActorLoad.Messages.Stats;

/// <summary>Everything that is counted. Outward names are snake_case, see <see cref="MetricNames"/>; docs/measurement.md defines each.</summary>
public enum Counter
{
    UsersStarted,
    UsersFinished,
    UsersCrashed,
    TasksPassed,
    TasksFailed,
    TasksInterrupted,
    ConnectsAttempted,
    ConnectsOpened,
    ConnectsFailed,
    Disconnects,
    Reconnects,
    Events,
    Comments,
    Bytes,
    EventsMissed,
    EventsDuplicated,
    EventsReordered,
    StreamsStalled,
    Requests,
    RequestsFailed,
    ArrivalsDropped,
}
