using System.Globalization;
using System.Text;

namespace ActorLoad.TestServer;

/// <summary>Scripts for HTTP responses in every framing. Heads say nothing that the caller does not see here.</summary>
public static class HttpFraming
{
    public const string EventStream = "text/event-stream";

    /// <summary>A status line and header lines, each given as <c>Name: value</c>, and the blank line.</summary>
    public static Script Head(this Script script, string statusLine, params string[] headers) =>
        script.Send(string.Concat(headers.Prepend(statusLine).Select(line => line + "\r\n")) + "\r\n");

    /// <summary>Opens a chunked event stream; go on with <see cref="Chunk(Script, string)"/>.</summary>
    public static Script ChunkedStream(this Script script, string contentType = EventStream) =>
        script.Head("HTTP/1.1 200 OK", $"Content-Type: {contentType}", "Transfer-Encoding: chunked");

    public static Script Chunk(this Script script, byte[] bytes) => script.Send(ChunkOf(bytes));

    public static Script Chunk(this Script script, string text) => script.Chunk(Encoding.UTF8.GetBytes(text));

    /// <summary>Each byte as a chunk of its own, in a send of its own.</summary>
    public static Script ChunkByteByByte(this Script script, byte[] bytes) => script.SendEach(bytes.Select(b => ChunkOf([b])));

    /// <summary>The last chunk, after which the body is complete.</summary>
    public static Script EndChunks(this Script script) => script.Send("0\r\n\r\n");

    /// <summary>Opens an event stream that ends after so many bytes; go on with <c>Send</c>.</summary>
    public static Script StreamOfLength(this Script script, int contentLength) =>
        script.Head("HTTP/1.1 200 OK", $"Content-Type: {EventStream}", $"Content-Length: {contentLength}", "Connection: close");

    /// <summary>Opens an event stream that ends with the connection; go on with <c>Send</c>.</summary>
    public static Script StreamUntilClose(this Script script) =>
        script.Head("HTTP/1.1 200 OK", $"Content-Type: {EventStream}", "Connection: close");

    /// <summary>Opens an event stream of an HTTP/1.0 server, which ends with the connection; go on with <c>Send</c>.</summary>
    public static Script StreamOfHttp10(this Script script) =>
        script.Head("HTTP/1.0 200 OK", $"Content-Type: {EventStream}");

    /// <summary>A whole response with a status and a body, after which the connection closes.</summary>
    public static Script Respond(this Script script, string status, string contentType = "text/plain", string body = "") =>
        script.Head(
                $"HTTP/1.1 {status}",
                $"Content-Type: {contentType}",
                $"Content-Length: {Encoding.UTF8.GetByteCount(body)}",
                "Connection: close")
            .Send(body);

    public static Script Redirect(this Script script, string status, string location) =>
        script.Head($"HTTP/1.1 {status}", $"Location: {location}", "Content-Length: 0", "Connection: close");

    /// <summary>A line of data that never ends, in a body until close.</summary>
    public static Script EndlessLine(this Script script) =>
        script.StreamUntilClose().Send("data: ").SendEndlessly(Filler(4096, ""));

    /// <summary>An event of short data lines that never ends, in a body until close.</summary>
    public static Script EndlessEvent(this Script script) =>
        script.StreamUntilClose().SendEndlessly(Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat("data: " + new string('x', 90) + "\n", 40))));

    /// <summary>Response headers that never end.</summary>
    public static Script HeaderFlood(this Script script) =>
        script.Send("HTTP/1.1 200 OK\r\n").SendEndlessly(Filler(200, "X-Flood: "));

    private static byte[] ChunkOf(byte[] bytes) =>
    [
        .. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"),
        .. bytes,
        .. "\r\n"u8,
    ];

    private static byte[] Filler(int length, string headerName) =>
        Encoding.ASCII.GetBytes(headerName + new string('x', length) + (headerName.Length > 0 ? "\r\n" : ""));
}
