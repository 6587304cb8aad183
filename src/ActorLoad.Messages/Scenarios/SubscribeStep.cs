namespace ActorLoad.Messages.Scenarios;

/// <summary>Opens a stream and passes when it is open. A stream of the same name that is still there is closed first.</summary>
public sealed record SubscribeStep : Step
{
    public required string Stream { get; init; }

    public required Template Path { get; init; }

    public IReadOnlyList<HeaderTemplate> Query { get; init; } = [];

    public IReadOnlyList<HeaderTemplate> Headers { get; init; } = [];

    public string Method { get; init; } = "GET";

    public Template? Body { get; init; }

    /// <summary>Whether a reconnect sends Last-Event-ID and goes on where the stream was.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>How long to wait for the stream to open, reconnect attempts included.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The stream is finite: it ends with this event, is not reconnected after it, and that is no failure. Null = endless.</summary>
    public DoneMarker? Until { get; init; }

    public StreamSettings Settings { get; init; } = new();
}
