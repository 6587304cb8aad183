namespace ActorLoad.Messages.Stats;

/// <summary>
/// When the first and the last receiver of one worker saw the same event, on the worker's clock corrected by its offset to the coordinator's.
/// Spans of the same key from several workers merge by minimum, maximum and sum.
/// </summary>
/// <param name="Key">Hash of what identifies the event: stream name, sequence key and sequence number, or id.</param>
public sealed record FanoutSpan(ulong Key, long FirstUnixUs, long LastUnixUs, int Receivers);
