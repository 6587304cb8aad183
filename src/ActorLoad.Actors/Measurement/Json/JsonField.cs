using System.Text.Json;

namespace ActorLoad.Actors.Measurement.Json;

/// <summary>Where in a document a pointer's value stands. Without the quotes when it is a text, only its first byte when it is compound.</summary>
/// <param name="IsEscaped">A text with escape sequences, which the bytes show as they were written.</param>
public readonly record struct JsonField(JsonFieldKind Kind, int Start, int Length, bool IsEscaped)
{
    /// <summary>A longer text with escape sequences is not read.</summary>
    public const int MaxEscaped = 512;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start, Length);

    /// <summary>The text or literal that was meant, without an allocation.</summary>
    /// <param name="room">At least <see cref="MaxEscaped"/> bytes; the value stands there when it had to be unescaped.</param>
    /// <returns>False when the text stands for no characters (half of a surrogate pair), or is too long to be unescaped.</returns>
    public bool TryGetValue(ReadOnlySpan<byte> json, Span<byte> room, out ReadOnlySpan<byte> value)
    {
        value = In(json);
        if (!IsEscaped)
        {
            return true;
        }

        if (Length > MaxEscaped)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json.Slice(Start - 1, Length + 2));
        try
        {
            reader.Read();
            value = room[..reader.CopyString(room)];
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
