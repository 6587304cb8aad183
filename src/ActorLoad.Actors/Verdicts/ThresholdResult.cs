using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Verdicts;

/// <summary>What became of one threshold.</summary>
/// <param name="Value">In the unit of <see cref="Threshold.Value"/>; null when there was nothing to measure, which never passes.</param>
/// <param name="Note">Why there is no value, else null.</param>
public sealed record ThresholdResult(Threshold Threshold, double? Value, bool Passed, string? Note);
