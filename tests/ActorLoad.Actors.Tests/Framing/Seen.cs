using System.Text;
using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>What a decoder told its handler, one readable string a call, so that a failed comparison explains itself.</summary>
internal sealed class Seen : ISseHandler
{
    private readonly Encoding _encoding;

    /// <param name="exact">Bytes kept apart as Latin-1 instead of being decoded as UTF-8.</param>
    public Seen(bool exact = false) => _encoding = exact ? Encoding.Latin1 : Encoding.UTF8;

    public List<string> Records { get; } = [];

    public static string Event(string data, string type = "", string id = "") => $"event type=<{type}> id=<{id}> data=<{data}>";

    public static string Comment(string text) => $"comment <{text}>";

    public static string Retry(long milliseconds) => $"retry {milliseconds}";

    public static string Id(string id) => $"id <{id}>";

    public static string Failed(object reason) => $"failed {reason}";

    public void OnEvent(in SseEvent e) => Records.Add(Event(Text(e.Data), Text(e.Type), Text(e.LastEventId)));

    public void OnComment(ReadOnlySpan<byte> text) => Records.Add(Comment(Text(text)));

    public void OnRetry(long milliseconds) => Records.Add(Retry(milliseconds));

    public void OnLastEventId(ReadOnlySpan<byte> id) => Records.Add(Id(Text(id)));

    private string Text(ReadOnlySpan<byte> bytes) => _encoding.GetString(bytes);
}
