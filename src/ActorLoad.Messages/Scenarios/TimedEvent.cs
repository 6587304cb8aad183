namespace ActorLoad.Messages.Scenarios;

/// <summary>Something that happens to many users at once at a moment of the run.</summary>
/// <param name="At">Offset from the start of the run.</param>
public sealed record TimedEvent(TimeSpan At, StormDrop Drop);
