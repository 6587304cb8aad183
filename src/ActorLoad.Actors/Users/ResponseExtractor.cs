using System.Text;
using System.Text.Json;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users;

/// <summary>Takes the values that a request step wants out of its response. What it says of a problem shows no value.</summary>
internal static class ResponseExtractor
{
    /// <returns>What to keep of the response; null when nothing is extracted.</returns>
    public static ResponseKeep? KeepFor(IReadOnlyList<Extraction> wanted) => wanted.Count == 0
        ? null
        : new ResponseKeep(wanted.Any(w => w.Json is not null), [.. wanted.Select(w => w.Header).OfType<string>()]);

    public static ExtractedValues Extract(IReadOnlyList<Extraction> wanted, KeptResponse response)
    {
        var values = new List<KeyValuePair<string, string>>(wanted.Count);
        foreach (var extraction in wanted)
        {
            var (value, problem) = extraction.Header is { } header
                ? (response.Headers.GetValueOrDefault(header), $"the response has no header '{header}'")
                : FromBody(extraction.Json!, response);
            if (value is null)
            {
                return ExtractedValues.Failed($"{problem} for the variable '{extraction.Variable}'");
            }

            values.Add(new(extraction.Variable, value));
        }

        return ExtractedValues.Found(values);
    }

    private static (string? Value, string Problem) FromBody(string pointer, KeptResponse response)
    {
        if (!response.IsWhole)
        {
            return (null, $"the response is longer than {KeptResponse.MaxBody / 1024 / 1024} MiB, which is too much to look for '{pointer}'");
        }

        var json = response.Body.Span;
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        Span<JsonField> found = stackalloc JsonField[1];
        if (!new JsonFields(JsonPointer.Parse(pointer)).TryRead(json, found))
        {
            return (null, $"the response is no JSON document, so there is no '{pointer}'");
        }

        return found[0].Kind switch
        {
            JsonFieldKind.Missing => (null, $"the response has no '{pointer}'"),
            JsonFieldKind.Null => (null, $"'{pointer}' of the response is null"),
            JsonFieldKind.Compound => (null, $"'{pointer}' of the response is an object or a list, not a single value"),
            JsonFieldKind.Text => (TextOf(found[0], json), $"'{pointer}' of the response is no valid text"),
            _ => (Encoding.UTF8.GetString(found[0].In(json)), ""),
        };
    }

    private static string? TextOf(in JsonField field, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.Slice(field.Start - 1, field.Length + 2));
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8, or half of a surrogate pair.
            return null;
        }
    }
}
