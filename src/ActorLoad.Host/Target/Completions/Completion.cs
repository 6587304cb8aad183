using System.Buffers;
using System.Text.Json;

namespace ActorLoad.Host.Target.Completions;

/// <summary>One answer of the target's language model, which knows some words and says them in turn. Writes the forms that it has on the wire.</summary>
internal sealed class Completion(CompletionRequest request, long number, long createdUnixSeconds, int defaultTokens)
{
    /// <summary>What tells a client of a stream that nothing more comes.</summary>
    public static ReadOnlySpan<byte> DoneEvent => "data: [DONE]\n\n"u8;

    private static readonly string[] Words =
        ["The", "stream", "says", "one", "word", "at", "a", "time", "and", "nobody", "knows", "how", "long", "it", "takes"];

    private readonly string _id = $"chatcmpl-{number}";

    public int Tokens { get; } = request.MaxTokens ?? defaultTokens;

    private string FinishReason => request.MaxTokens is null ? "stop" : "length";

    /// <summary>
    /// The event of one token. Each event holds exactly one, so that events are tokens: the first also says the role, the last
    /// why it is the last.
    /// </summary>
    /// <param name="index">0 to <see cref="Tokens"/> - 1.</param>
    public void WriteToken(IBufferWriter<byte> to, int index)
    {
        to.Write("data: "u8);
        Write(to, "chat.completion.chunk", json =>
        {
            json.WriteStartObject("delta");
            if (index == 0)
            {
                json.WriteString("role", "assistant");
            }

            json.WriteString("content", Word(index));
            json.WriteEndObject();
            if (index == Tokens - 1)
            {
                json.WriteString("finish_reason", FinishReason);
            }
            else
            {
                json.WriteNull("finish_reason");
            }
        });
        to.Write("\n\n"u8);
    }

    /// <summary>All of it as one document.</summary>
    public void WriteWhole(IBufferWriter<byte> to) => Write(
        to,
        "chat.completion",
        json =>
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", string.Concat(Enumerable.Range(0, Tokens).Select(Word)));
            json.WriteEndObject();
            json.WriteString("finish_reason", FinishReason);
        },
        json =>
        {
            json.WriteStartObject("usage");
            json.WriteNumber("prompt_tokens", request.PromptTokens);
            json.WriteNumber("completion_tokens", Tokens);
            json.WriteNumber("total_tokens", request.PromptTokens + Tokens);
            json.WriteEndObject();
        });

    private static string Word(int index) => index == 0 ? Words[0] : " " + Words[index % Words.Length];

    private void Write(IBufferWriter<byte> to, string kind, Action<Utf8JsonWriter> choice, Action<Utf8JsonWriter>? rest = null)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteString("id", _id);
        json.WriteString("object", kind);
        json.WriteNumber("created", createdUnixSeconds);
        json.WriteString("model", request.Model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        choice(json);
        json.WriteEndObject();
        json.WriteEndArray();
        rest?.Invoke(json);
        json.WriteEndObject();
    }
}
