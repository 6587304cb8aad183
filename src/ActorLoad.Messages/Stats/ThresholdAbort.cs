using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Stats;

/// <summary>A threshold that ended a run before its plan did.</summary>
/// <param name="Value">What it was when it did not hold, in the unit of <see cref="Threshold.Value"/>.</param>
/// <param name="At">From the start of the run to the end of the window after which it was judged.</param>
public sealed record ThresholdAbort(Threshold Threshold, double Value, TimeSpan At);
