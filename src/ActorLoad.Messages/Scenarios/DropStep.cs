namespace ActorLoad.Messages.Scenarios;

/// <summary>Cuts the stream's connection without a goodbye; the stream stays away until a <see cref="ReconnectStep"/>.</summary>
public sealed record DropStep(string Stream) : Step;
