using System.Text.Json;

namespace ActorLoad.Host.Target.Completions;

/// <summary>What a client asks for, in the form of OpenAI's chat completions; what is not listed here is ignored.</summary>
/// <param name="PromptTokens">Words in all messages: what the usage of the answer tells.</param>
/// <param name="MaxTokens">Null when the client leaves it to the target.</param>
internal sealed record CompletionRequest(string Model, bool Stream, int? MaxTokens, int PromptTokens)
{
    public const int MostTokens = 100_000;

    /// <returns>The request, or what is wrong with it.</returns>
    public static async Task<(CompletionRequest? Request, string Mistake)> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, default, cancellation).ConfigureAwait(false);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: a text with half of a surrogate pair.
            return (null, "the body is no valid JSON");
        }
    }

    private static (CompletionRequest? Request, string Mistake) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, "the body has to be a JSON object");
        }

        if (!json.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            return (null, "'messages' has to be a list of at least one message");
        }

        var stream = false;
        if (json.TryGetProperty("stream", out var flag) && flag.ValueKind != JsonValueKind.Null)
        {
            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return (null, "'stream' has to be true or false");
            }

            stream = flag.GetBoolean();
        }

        int? most = null;
        foreach (var name in (string[])["max_completion_tokens", "max_tokens"])
        {
            if (most is not null || !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var tokens) || tokens is < 1 or > MostTokens)
            {
                return (null, $"'{name}' has to be a whole number from 1 to {MostTokens}");
            }

            most = tokens;
        }

        var model = json.TryGetProperty("model", out var m) && m.ValueKind == JsonValueKind.String ? m.GetString()! : "embedded";
        return (new CompletionRequest(model, stream, most, messages.EnumerateArray().Sum(Words)), "");
    }

    private static int Words(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String
            ? content.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length
            : 0;
}
