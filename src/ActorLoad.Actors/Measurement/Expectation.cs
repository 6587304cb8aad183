using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement.Json;

namespace ActorLoad.Actors.Measurement;

/// <summary>What one await step waits for, as bytes, so that matching makes no strings.</summary>
/// <param name="Count">As many matching events.</param>
/// <param name="Type">The event name; null = any. "message" also matches events without a name.</param>
/// <param name="DataContains">Bytes that the data must contain; null = any.</param>
/// <param name="DataJson">A field that the data, a JSON document, must have; null = any.</param>
public sealed record Expectation(int Count, byte[]? Type, byte[]? DataContains, JsonMatch? DataJson = null)
{
    public bool Matches(in SseEvent e) =>
        (Type is null || EventName.Is(e.Type, Type))
        && (DataContains is null || e.Data.IndexOf(DataContains) >= 0)
        && (DataJson is null || DataJson.Matches(e.Data));
}
