using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Measurement;

/// <summary>What one await step waits for, as bytes, so that matching makes no strings.</summary>
/// <param name="Count">As many matching events.</param>
/// <param name="Type">The event name; null = any. "message" also matches events without a name.</param>
/// <param name="DataContains">Bytes that the data must contain; null = any.</param>
public sealed record Expectation(int Count, byte[]? Type, byte[]? DataContains)
{
    public bool Matches(in SseEvent e) =>
        (Type is null || e.Type.SequenceEqual(Type) || (e.Type.IsEmpty && "message"u8.SequenceEqual(Type)))
        && (DataContains is null || e.Data.IndexOf(DataContains) >= 0);
}
