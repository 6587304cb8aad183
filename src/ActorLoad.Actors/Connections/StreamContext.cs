using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Connections;

/// <summary>One stream as its connections see it: what to ask for, where it is, and who watches. Outlives each of them.</summary>
public sealed class StreamContext(string name, StreamRequest request, bool resume, StreamSettings settings, IStreamObserver observer)
{
    /// <summary>Unique within the user.</summary>
    public string Name { get; } = name;

    public StreamRequest Request { get; } = request;

    /// <summary>Whether a reconnect sends Last-Event-ID.</summary>
    public bool Resume { get; } = resume;

    public StreamSettings Settings { get; } = settings;

    /// <summary>The event that completes the stream; null when it has no end of its own.</summary>
    public DoneMatch? Until { get; init; }

    public IStreamObserver Observer { get; } = observer;

    public StreamCursor Cursor { get; } = new();
}
