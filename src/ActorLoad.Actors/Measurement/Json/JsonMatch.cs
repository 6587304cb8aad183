using System.Text.Json;

namespace ActorLoad.Actors.Measurement.Json;

/// <summary>
/// Whether a field of a document has a value: a text by what it says, however it is escaped; a number, true, false or null
/// by its literal. Allocation-free per document. Immutable and thread-safe.
/// </summary>
/// <param name="expected">In UTF-8.</param>
public sealed class JsonMatch(JsonPointer pointer, byte[] expected)
{
    private readonly JsonFields _fields = new(pointer);

    public bool Matches(ReadOnlySpan<byte> json)
    {
        Span<JsonField> found = stackalloc JsonField[1];
        if (!_fields.TryRead(json, found))
        {
            return false;
        }

        ref readonly var field = ref found[0];
        return field.Kind switch
        {
            JsonFieldKind.Text when field.IsEscaped => SaysExpected(json.Slice(field.Start - 1, field.Length + 2)),
            JsonFieldKind.Text or JsonFieldKind.Number or JsonFieldKind.Boolean or JsonFieldKind.Null =>
                field.In(json).SequenceEqual(expected),
            _ => false,
        };
    }

    private bool SaysExpected(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.ValueTextEquals(expected);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text at all.
            return false;
        }
    }
}
