namespace ActorLoad.Messages.Scenarios;

/// <summary>Ends the stream, as EventSource.close() does.</summary>
public sealed record CloseStep(string Stream) : Step;
