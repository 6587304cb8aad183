namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>When an event says it was sent.</summary>
/// <param name="UnixUs">Microseconds since 1970, on the sender's clock; rounded down.</param>
/// <param name="GranularityUs">How much later it may really have been, since the text tells no more: 1000 for whole milliseconds; 0 = nothing that matters.</param>
public readonly record struct SentAt(long UnixUs, long GranularityUs);
