namespace ActorLoad.Messages.Stats;

/// <summary>How far a worker's wall clock is from the target's, as measured by the probe with the shortest round trip.</summary>
/// <param name="OffsetMs">Target time minus worker time; added to the worker's clock before a latency is taken.</param>
/// <param name="ErrorMs">The true offset lies within plus and minus this.</param>
/// <param name="RoundTripMs">Of the probe that was used.</param>
/// <param name="Probes">How many probes were answered usefully.</param>
public sealed record ClockEstimate(double OffsetMs, double ErrorMs, double RoundTripMs, int Probes);
