namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] Comments()
    {
        var filler = new string('x', 2000);
        return
        [
            Case("Comment alone", LaunchDarkly + "single comment", ":Hello\n", Comment("Hello")),
            Case("Comments in a row", LaunchDarkly + "two comments in a row",
                ":Hello\n:World\n", Comment("Hello"), Comment("World")),
            Case("Comment before an event", LaunchDarkly + "comment before event",
                ":Hello\ndata: Hello\n\n", Comment("Hello"), Message("Hello")),
            Case("Comment after an event", LaunchDarkly + "comment after event",
                "data: Hello\n\n:Hello\n", Message("Hello"), Comment("Hello")),
            Case("Comment of every shape within an event", Wpt + "format-comments",
                $"data:1\r:\0\n:\r\ndata:2\n:{filler}\rdata:3\n:data:fail\r:{filler}\ndata:4\n\n",
                Comment("\0"), Comment(""), Comment(filler), Comment("data:fail"), Comment(filler), Message("1\n2\n3\n4")),
            Case("Comment of a colon only", Interpreting, ":\n", Comment("")),
            Case("Comment of a colon and a space", Interpreting, ": \n", Comment("")),
            Case("Comment of a colon and two spaces", Interpreting, ":  \n", Comment(" ")),
            Case("Comment loses one leading space", Interpreting, ": keep-alive\n", Comment("keep-alive")),
            Case("Comment keeps its second space", Interpreting, ":  x\n", Comment(" x")),
            Case("Comment keeps a tab", Interpreting, ":\tx\n", Comment("\tx")),
            Case("Comment keeps trailing spaces", Interpreting, ": x  \n", Comment("x  ")),
            Case("Comment with colons", Interpreting, ": a: b:c\n::\n", Comment("a: b:c"), Comment(":")),
            Case("Comment that looks like data", Interpreting, ":data: x\n\n", Comment("data: x")),
            Case("Comment within an event does not end it", Interpreting,
                "data: a\n: c\ndata: b\n\n", Comment("c"), Message("a\nb")),
            Case("Comment between name and data keeps the name", Interpreting,
                "event: e\n: c\ndata: x\n\n", Comment("c"), Named("e", "x")),
            Case("Comments as heartbeats", "HTML 9.2.7 Authoring notes",
                ":\n\n:\n\ndata: x\n\n:\n\n", Comment(""), Comment(""), Message("x"), Comment("")),
            Case("Comment with NUL", Interpreting, ": a\0b\n", Comment("a\0b")),
            Case("Comment in UTF-8", Decode, ": " + Utf8("grüße 豆腐 😀") + "\n", Comment("grüße 豆腐 😀")),
            Case("Comment with broken UTF-8", Decode, ": a\u00FFb\u00E2\u0082\n", Comment($"a{Bad}b{Bad}")),
            Case("Comment must start the line", Interpreting, " :no comment\n\t:nor this\n", []),
            Case("Comment without a line end is unfinished", Parsing, ":a\n:b", Comment("a")),
            Case("Comment ended by a lone CR", Parsing, ":a\r:b\r", Comment("a"), Comment("b")),
            Case("Comment ended by CRLF", Parsing, ":a\r\n: b\r\n", Comment("a"), Comment("b")),
        ];
    }
}
