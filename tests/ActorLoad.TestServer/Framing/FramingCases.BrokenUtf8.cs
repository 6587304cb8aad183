namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    /// <summary>
    /// The standard's decoder emits one U+FFFD for each maximal prefix of a valid sequence, and one for each byte that can
    /// start or continue nothing.
    /// </summary>
    private static FramingCase[] BrokenUtf8() =>
    [
        Broken("a lone continuation byte", "a\u0080b", $"a{Bad}b"),
        Broken("two lone continuation bytes", "\u0080\u00BF", Bad + Bad),
        Broken("bytes that never occur", "\u00FE\u00FF\u00F5\u00C0\u00C1", Bad + Bad + Bad + Bad + Bad),
        Broken("Latin-1", "caf\u00E9 au lait", $"caf{Bad} au lait"),
        Broken("two bytes cut by a letter", "\u00C3(", Bad + "("),
        Broken("three bytes cut after one", "\u00E2A", Bad + "A"),
        Broken("three bytes cut after two", "\u00E2\u0082A", Bad + "A"),
        Broken("four bytes cut after one", "\u00F0A", Bad + "A"),
        Broken("four bytes cut after two", "\u00F0\u009FA", Bad + "A"),
        Broken("four bytes cut after three", "\u00F0\u009F\u0098A", Bad + "A"),
        Broken("a sequence cut by a whole one", "\u00E2\u0082\u00E2\u0082\u00AC", Bad + "€"),
        Broken("a sequence cut by a colon and a space", "\u00C3: \u00E2 x", $"{Bad}: {Bad} x"),
        Broken("two bytes cut by the line end", "a\u00C3", "a" + Bad),
        Broken("three bytes cut by the line end", "a\u00E2\u0082", "a" + Bad),
        Broken("four bytes cut by the line end", "a\u00F0\u009F\u0098", "a" + Bad),
        Broken("a sequence with one continuation too many", "\u00C3\u00A9\u00A9", "é" + Bad),
        Broken("an overlong NUL", "\u00C0\u0080", Bad + Bad),
        Broken("an overlong slash in three bytes", "\u00E0\u0080\u00AF", Bad + Bad + Bad),
        Broken("the largest overlong three bytes", "\u00E0\u009F\u00BF", Bad + Bad + Bad),
        Broken("an overlong euro in four bytes", "\u00F0\u0082\u0082\u00AC", Bad + Bad + Bad + Bad),
        Broken("a high surrogate", "\u00ED\u00A0\u0080", Bad + Bad + Bad),
        Broken("a low surrogate", "\u00ED\u00BF\u00BF", Bad + Bad + Bad),
        Broken("a pair of surrogates", "\u00ED\u00A0\u00BD\u00ED\u00B8\u0080", Bad + Bad + Bad + Bad + Bad + Bad),
        Broken("just above the last code point", "\u00F4\u0090\u0080\u0080", Bad + Bad + Bad + Bad),
        Broken("far above the last code point", "\u00F8\u0088\u0080\u0080\u0080", Bad + Bad + Bad + Bad + Bad),
        Broken("the last code point cut", "\u00F4\u008F\u00BF", Bad),
        Broken("an overlong LF ends no line", "a\u00C0\u008Ab", $"a{Bad}{Bad}b"),
        Case("Broken UTF-8: a sequence does not go on in the next data line", Decode,
            "data:\u00E2\ndata:\u0082\u00AC\n\n", Message($"{Bad}\n{Bad}{Bad}")),
        Case("Broken UTF-8: cut by CRLF and by CR", Decode,
            "data: \u00E2\u0082\r\ndata: \u00F0\u009F\r\r", Message($"{Bad}\n{Bad}")),
        Case("Broken UTF-8: one event does not spoil the next", Decode,
            "data: \u00FF\n\ndata: €\n\n".Replace("€", Utf8("€"), StringComparison.Ordinal), Message(Bad), Message("€")),
    ];

    private static FramingCase Broken(string name, string value, string text) =>
        Case("Broken UTF-8: " + name, Decode, $"data: {value}\n\n", Message(text));
}
