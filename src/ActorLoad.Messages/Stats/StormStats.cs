namespace ActorLoad.Messages.Stats;

/// <summary>
/// What one window adds to the account of a reconnect storm on one worker. Amounts are differences, so that windows add up;
/// (cause, number) says which storm it is.
/// </summary>
/// <param name="Number">Client: index in the scenario's events-at. Server: counts the storms of this worker from 0.</param>
/// <param name="StartUnixMs">When the first stream of it was dropped, on the coordinator's clock.</param>
/// <param name="StreamsBefore">Streams open just before; the same in every window of a storm, it does not add up.</param>
/// <param name="Dropped">Streams that were cut or lost in it.</param>
/// <param name="Back">Histogram of microseconds from the start of the storm to a dropped stream being open again; null = none.</param>
/// <param name="Attempts">Histogram of microseconds from the start of the storm to a connection attempt; null = none.</param>
/// <param name="Failures">Connection attempts that failed while streams were away.</param>
/// <param name="EventsMissed">Events missed by streams after they came back.</param>
/// <param name="EventsReplayed">Events that the target replayed to streams after they came back.</param>
public sealed record StormStats(
    StormCause Cause,
    int Number,
    long StartUnixMs,
    long StreamsBefore,
    long Dropped,
    byte[]? Back,
    byte[]? Attempts,
    long Failures,
    long EventsMissed,
    long EventsReplayed);
