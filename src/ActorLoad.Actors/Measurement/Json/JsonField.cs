namespace ActorLoad.Actors.Measurement.Json;

/// <summary>Where in a document a pointer's value stands. Without the quotes when it is a text, only its first byte when it is compound.</summary>
/// <param name="IsEscaped">A text with escape sequences, which the bytes show as they were written.</param>
public readonly record struct JsonField(JsonFieldKind Kind, int Start, int Length, bool IsEscaped)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
}
