using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Host.Tap;

/// <summary>One JSON object a line, as docs/tap.md lists them.</summary>
internal sealed class JsonTapFormat : ITapFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public string Open(int status, string url, int attempt, string lastEventId) => Line("open", w =>
    {
        w.WriteNumber("status", status);
        w.WriteString("url", url);
        w.WriteNumber("attempt", attempt);
        w.WriteString("lastEventId", lastEventId);
    });

    public string Event(string name, string data, string id) => Line("event", w =>
    {
        w.WriteString("event", name);
        w.WriteString("data", data);
        w.WriteString("id", id);
    });

    public string Comment(string text) => Line("comment", w => w.WriteString("text", text));

    public string Retry(long milliseconds) => Line("retry", w => w.WriteNumber("ms", milliseconds));

    public string Close(FailureReason reason) => Line("close", w => w.WriteString("reason", reason.Name()));

    public string Error(FailureReason reason, int status, string message) => Line("error", w =>
    {
        w.WriteString("reason", reason.Name());
        if (status != 0)
        {
            w.WriteNumber("status", status);
        }

        w.WriteString("message", message);
    });

    public string Summary(TapCounts counts) => Line("summary", w =>
    {
        w.WriteNumber("events", counts.Events);
        w.WriteNumber("comments", counts.Comments);
        w.WriteNumber("bytes", counts.Bytes);
        w.WriteNumber("connects", counts.Connects);
        w.WriteNumber("reconnects", counts.Reconnects);
    });

    private string Line(string type, Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("type", type);
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
