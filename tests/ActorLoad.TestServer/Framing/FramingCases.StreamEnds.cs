namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] StreamEnds() =>
    [
        Case("End within a field name", Parsing, "data: a\n\nda", Message("a")),
        Case("End after a field name", Parsing, "data: a\n\ndata", Message("a")),
        Case("End after a colon", Parsing, "data: a\n\ndata:", Message("a")),
        Case("End within a value", Parsing, "data: a\n\ndata: b", Message("a")),
        Case("End after a line with LF", Interpreting, "data: a\n\ndata: b\n", Message("a")),
        Case("End after a line with CR", Interpreting, "data: a\n\ndata: b\r", Message("a")),
        Case("End after a line with CRLF", Interpreting, "data: a\n\ndata: b\r\n", Message("a")),
        Case("End within the first event", Interpreting, "event: e\nid: 1\ndata: x\n"),
        Case("End after the CR of the blank line's CRLF", Parsing, "data: a\r\n\r", Message("a")),
        Case("End within a character", Decode, "data: a\n\ndata: \u00E2\u0082", Message("a")),
        Case("End right after the blank line", Interpreting, "data: a\n\n", Message("a")),
    ];
}
