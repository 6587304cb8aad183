namespace ActorLoad.Messages.Scenarios;

/// <summary>Connects the stream again at once, with Last-Event-ID when it resumes; cuts it first when it is open.</summary>
public sealed record ReconnectStep(string Stream) : Step
{
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);
}
