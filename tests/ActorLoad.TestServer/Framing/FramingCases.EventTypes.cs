namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] EventTypes() =>
    [
        Case("Type given", LaunchDarkly + "event with specific type",
            "event: greeting\ndata: Hello\n\n", Named("greeting", "Hello")),
        Case("Type left out", LaunchDarkly + "default event type", "id: 1\ndata: Hello\n\n", Named("message", "Hello", "1")),
        Case("Type is reset after an event", Wpt + "format-field-event",
            "event:test\ndata:x\n\ndata:x\n\n", Named("test", "x"), Message("x")),
        Case("Type of one space is none", Wpt + "format-field-event-empty", "event: \ndata:data\n\n", Message("data")),
        Case("Type empty", Interpreting, "event:\ndata: x\n\n", Message("x")),
        Case("Type without a colon", Interpreting, "event\ndata: x\n\n", Message("x")),
        Case("Type given as message", Interpreting, "event: message\ndata: x\n\n", Message("x")),
        Case("Type differs in case", Interpreting, "event: Message\ndata: x\n\n", Named("Message", "x")),
        Case("Type after the data", Interpreting, "data: x\nevent: e\n\n", Named("e", "x")),
        Case("Type given twice, the last counts", Interpreting, "event: a\nevent: b\ndata: x\n\n", Named("b", "x")),
        Case("Type taken back within the block", Interpreting, "event: a\nevent\ndata: x\n\n", Message("x")),
        Case("Type is reset by a block without data", Interpreting,
            "event: foo\n\ndata: x\n\n", Message("x")),
        Case("Type is reset by a block with only an id", Interpreting,
            "event: foo\nid: 1\n\ndata: x\n\n", Message("x", "1")),
        Case("Type is reset by a block ended by CR", Interpreting, "event: foo\r\rdata: x\r\r", Message("x")),
        Case("Type is reset by a block ended by CRLF", Interpreting, "event: foo\r\n\r\ndata: x\r\n\r\n", Message("x")),
        Case("Type with two leading spaces", Interpreting, "event:  e\ndata: x\n\n", Named(" e", "x")),
        Case("Type with trailing space", Interpreting, "event: e \ndata: x\n\n", Named("e ", "x")),
        Case("Type with spaces and colons", Interpreting, "event: a b: c\ndata: x\n\n", Named("a b: c", "x")),
        Case("Type with NUL", Interpreting, "event: a\0b\ndata: x\n\n", Named("a\0b", "x")),
        Case("Type in UTF-8", Decode, Utf8("event: grüße 😀\ndata: x\n\n"), Named("grüße 😀", "x")),
        Case("Type with broken UTF-8", Decode, "event: a\u00FF\ndata: x\n\n", Named("a" + Bad, "x")),
        Case("Types that EventSource itself fires", Interpreting,
            "event: open\ndata: 1\n\nevent: error\ndata: 2\n\n", Named("open", "1"), Named("error", "2")),
        Case("Types alternate", Interpreting, "event: a\ndata: 1\n\ndata: 2\n\nevent: b\ndata: 3\n\ndata: 4\n\n",
            Named("a", "1"), Message("2"), Named("b", "3"), Message("4")),
        Case("Type with empty data", Interpreting, "event: ping\ndata\n\n", Named("ping", "")),
    ];
}
