namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] Utf8Text() =>
    [
        Case("UTF-8: three-byte characters", LaunchDarkly + "multi-byte characters",
            Utf8("data: €豆腐\n\n"), Message("€豆腐")),
        Case("UTF-8: whatever the charset says", Wpt + "format-utf-8", Utf8("data:ok…\n\n"), Message("ok…")),
        Case("UTF-8: two-byte characters", Decode, Utf8("data: grüße\n\n"), Message("grüße")),
        Case("UTF-8: four-byte characters", Decode, Utf8("data: 😀😀\ndata: 😀\n\n"), Message("😀😀\n😀")),
        Case("UTF-8: joined emoji and combining marks", Decode,
            Utf8("data: 👩\u200D👧 e\u0301\n\n"), Message("👩\u200D👧 e\u0301")),
        Case("UTF-8: first and last of each length", Decode,
            Utf8("data: \u007F\u0080\u07FF\u0800\uFFFF\U00010000\U0010FFFF\n\n"),
            Message("\u007F\u0080\u07FF\u0800\uFFFF\U00010000\U0010FFFF")),
        Case("UTF-8: around the surrogates", Decode, Utf8("data: \uD7FF\uE000\n\n"), Message("\uD7FF\uE000")),
        Case("UTF-8: a replacement character sent as such", Decode, Utf8("data: \uFFFD\n\n"), Message(Bad)),
        Case("UTF-8: right-to-left text", Decode, Utf8("data: שלום: مرحبا\n\n"), Message("שלום: مرحبا")),
        Case("UTF-8: every field at once", Decode, Utf8("event: é\nid: ü\n: ö\ndata: ß\n\n"),
            Comment("ö"), Named("é", "ß", "ü")),
        Case("UTF-8: directly before CR, LF and CRLF", Decode,
            Utf8("data: €\rdata: €\ndata: €\r\n\r\n"), Message("€\n€\n€")),
    ];
}
