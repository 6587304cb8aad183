namespace ActorLoad.Host.Target.Stats;

/// <summary>Streams, where a stream is one response; a reconnect opens another one.</summary>
/// <param name="Opened">Responses that became a stream.</param>
/// <param name="Open">Open now.</param>
/// <param name="Pending">Open now with published events still to write; 0 while paused means that nothing is under way.</param>
/// <param name="Resumed">Opened with a last event id.</param>
/// <param name="ResumesGap">Of these, how many asked for events that the ring no longer held.</param>
/// <param name="ResumesUnknown">Of these, how many named an id that the channel never gave out.</param>
/// <param name="Closed">Ended, by reason: client, max-events, done, cut, reset, behind, stopped, error.</param>
public sealed record StreamStats(long Opened, long Open, long Pending, long Resumed, long ResumesGap, long ResumesUnknown, IReadOnlyDictionary<string, long> Closed);
