namespace ActorLoad.Messages.Stats;

/// <summary>Something that happened to the generator in the middle of a run and explains a dip that the target is not to blame for.</summary>
/// <param name="At">Offset from the start of the run.</param>
/// <param name="Node">The node that it happened to.</param>
public sealed record RunMark(TimeSpan At, RunMarkKind Kind, string Node);
