namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// Walks away from the stream without closing it: nothing is read any more, and the socket stays open, without a FIN, until
/// the run ends. The user has no stream of this name afterwards.
/// </summary>
public sealed record AbandonStep(string Stream) : Step;
