using System.Text;

namespace ActorLoad.TestServer.Framing;

/// <summary>
/// The table of byte-level cases, one partial file per theme. Streams are written as strings in which each character up to
/// U+00FF stands for one byte, so that broken UTF-8 can be written down; real text goes through <see cref="Utf8"/>.
/// </summary>
public static partial class FramingCases
{
    /// <summary>The longest reconnection time that a stream may set: one day.</summary>
    public const long MaxRetryMs = 86_400_000;

    private const string Parsing = "HTML 9.2.5 Parsing an event stream";
    private const string Interpreting = "HTML 9.2.6 Interpreting an event stream";
    private const string Decode = "Encoding, UTF-8 decoder";
    private const string Wpt = "web-platform-tests eventsource/";
    private const string LaunchDarkly = "launchdarkly/sse-contract-tests: ";

    // The byte order mark as bytes of a stream, and the character it decodes to.
    private const string Bom = "\u00EF\u00BB\u00BF";
    private const string BomCharacter = "\uFEFF";

    private const string Bad = "\uFFFD";

    public static IReadOnlyList<FramingCase> All { get; } =
    [
        .. ByteOrderMarks(),
        .. LineEnds(),
        .. Comments(),
        .. Data(),
        .. FieldNames(),
        .. EventTypes(),
        .. Ids(),
        .. Retries(),
        .. Utf8Text(),
        .. BrokenUtf8(),
        .. StreamEnds(),
        .. Sizes(),
    ];

    private static FramingCase Case(string name, string source, string stream, params FramingExpectation[] expected) =>
        new(name, source, ToBytes(stream), expected);

    private static FramingExpectation Message(string data, string lastEventId = "") =>
        new FramingExpectation.Event("message", data, lastEventId);

    private static FramingExpectation Named(string type, string data, string lastEventId = "") =>
        new FramingExpectation.Event(type, data, lastEventId);

    private static FramingExpectation Comment(string text) => new FramingExpectation.Comment(text);

    private static FramingExpectation Retry(long milliseconds) => new FramingExpectation.Retry(milliseconds);

    /// <summary>Text as the string of its UTF-8 bytes.</summary>
    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] ToBytes(string stream) =>
        stream.All(c => c <= '\u00FF')
            ? Encoding.Latin1.GetBytes(stream)
            : throw new ArgumentException("A stream holds bytes; put text through Utf8.", nameof(stream));
}
