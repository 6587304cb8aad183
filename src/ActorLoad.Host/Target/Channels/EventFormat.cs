using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorLoad.Host.Target.Channels;

/// <summary>Writes events as SSE text: `id:`, `event:` and one `data:` line of JSON that starts with id, ts, channel and type.</summary>
internal static class EventFormat
{
    // Text from clients is echoed into data: line ends come out escaped, so that one line stays one line.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EventFrame Format<TState>(
        long id, string channel, string type, TargetClock clock, TState state, Action<Utf8JsonWriter, TState>? more, bool ends = false)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {type}\ndata: ")));
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteNumber("ts", clock.Now.ToUnixTimeMilliseconds());
            json.WriteString("channel", channel);
            json.WriteString("type", type);
            more?.Invoke(json, state);
            json.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return new EventFrame(id, type, buffer.WrittenSpan.ToArray(), Environment.TickCount64, ends);
    }
}
