using System.Text.Json;

namespace ActorLoad.Actors.Measurement.Json;

/// <summary>
/// Finds the values of a few pointers in one pass over a document's bytes: no tree, no text, no allocation. The first of
/// several properties of the same name counts. Immutable and thread-safe.
/// </summary>
public sealed class JsonFields
{
    /// <summary>Deeper documents are treated as broken ones.</summary>
    public const int MaxDepth = 64;

    public const int MaxPointers = 16;

    private readonly JsonPointer[] _pointers;

    public JsonFields(params JsonPointer[] pointers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pointers.Length, MaxPointers);
        _pointers = pointers;
    }

    public int Count => _pointers.Length;

    /// <param name="found">As long as there are pointers, in their order.</param>
    /// <returns>False when the bytes are no JSON document; what was found until there is in <paramref name="found"/>.</returns>
    public bool TryRead(ReadOnlySpan<byte> json, Span<JsonField> found)
    {
        found.Clear();
        if (!LooksLikeJson(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            var all = (1 << _pointers.Length) - 1;
            var missing = all;
            ReadValue(ref reader, json, found, all, 0, ref missing);

            // Whoever has everything need not look at the rest; a document that is broken further on has still said it.
            return missing == 0 || !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: a name that ends in half of a surrogate pair.
            return false;
        }
    }

    // Text that is plainly no JSON (a word, a sentence) must not cost an exception per event.
    private static bool LooksLikeJson(ReadOnlySpan<byte> json)
    {
        var start = json.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && json[start] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            or (byte)'t' or (byte)'f' or (byte)'n';
    }

    /// <param name="live">Bit per pointer whose path leads here.</param>
    /// <param name="depth">How many tokens of those pointers are behind.</param>
    /// <param name="missing">Bit per pointer that has found nothing yet; reading stops when it is zero.</param>
    private void ReadValue(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Span<JsonField> found, int live, int depth, ref int missing)
    {
        var deeper = 0;
        for (var i = 0; i < _pointers.Length; i++)
        {
            if ((live & (1 << i)) == 0)
            {
                continue;
            }

            if (_pointers[i].Tokens.Count == depth)
            {
                found[i] = FieldAt(ref reader);
                missing &= ~(1 << i);
            }
            else
            {
                deeper |= 1 << i;
            }
        }

        if (missing == 0)
        {
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when deeper != 0:
                ReadObject(ref reader, json, found, deeper, depth, ref missing);
                break;
            case JsonTokenType.StartArray when deeper != 0:
                ReadArray(ref reader, json, found, deeper, depth, ref missing);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadObject(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Span<JsonField> found, int live, int depth, ref int missing)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var matching = 0;
            for (var i = 0; i < _pointers.Length; i++)
            {
                if ((live & missing & (1 << i)) != 0 && reader.ValueTextEquals(_pointers[i].Tokens[depth]))
                {
                    matching |= 1 << i;
                }
            }

            // A second property of the same name is another value of the same path; the first one counts.
            live &= ~matching;
            reader.Read();
            ReadValue(ref reader, json, found, matching, depth + 1, ref missing);
            if (missing == 0)
            {
                return;
            }
        }
    }

    private void ReadArray(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Span<JsonField> found, int live, int depth, ref int missing)
    {
        Span<byte> digits = stackalloc byte[11];
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            System.Buffers.Text.Utf8Formatter.TryFormat(index, digits, out var length);
            var matching = 0;
            for (var i = 0; i < _pointers.Length; i++)
            {
                if ((live & missing & (1 << i)) != 0 && digits[..length].SequenceEqual(_pointers[i].Tokens[depth]))
                {
                    matching |= 1 << i;
                }
            }

            ReadValue(ref reader, json, found, matching, depth + 1, ref missing);
            if (missing == 0)
            {
                return;
            }
        }
    }

    private static JsonField FieldAt(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.Number => new JsonField(JsonFieldKind.Number, start, reader.ValueSpan.Length, false),
            JsonTokenType.String => new JsonField(JsonFieldKind.Text, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped),
            JsonTokenType.True or JsonTokenType.False => new JsonField(JsonFieldKind.Boolean, start, reader.ValueSpan.Length, false),
            JsonTokenType.Null => new JsonField(JsonFieldKind.Null, start, reader.ValueSpan.Length, false),
            _ => new JsonField(JsonFieldKind.Compound, start, 1, false),
        };
    }
}
