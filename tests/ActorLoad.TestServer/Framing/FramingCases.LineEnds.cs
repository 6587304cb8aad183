namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] LineEnds() =>
    [
        .. WithLineEnd("LF", "\n"),
        .. WithLineEnd("CR", "\r"),
        .. WithLineEnd("CRLF", "\r\n"),
        .. PairsOfLineEnds(),
        Case("CRLF ends one line, not two", LaunchDarkly + "CRLF where CR is end of 1 chunk",
            "data: Hello\r\ndata: World\r\n\r\ndata: OK\r\n\r\n", Message("Hello\nWorld"), Message("OK")),
        Case("Line ends of all kinds in one event, a lone CR last", Wpt + "format-newlines",
            "data:test\r\ndata\ndata:test\r\n\r", Message("test\n\ntest")),
        Case("Line ends of all kinds within one event", Parsing,
            "event: e\rid: 1\ndata: a\r\ndata: b\r\rdata: c\n\n", Named("e", "a\nb", "1"), Message("c", "1")),
        Case("LF before CRLF in front of a field", Parsing, "\n\r\ndata: a\n\n", Message("a")),
        Case("CRLF CR LF CR", Parsing, "data: a\r\n\r\ndata: b\r\n\r", Message("a"), Message("b")),
        Case("CR CR LF CR: a line end, a blank line, a blank line", Parsing,
            "data: a\r\r\n\rdata: b\n\n", Message("a"), Message("b")),
        Case("CR between every line, LF only after the blank one", Parsing,
            "id: 1\rdata: a\r\r\nid: 2\rdata: b\r\r\n", Message("a", "1"), Message("b", "2")),
        Case("LF in front of everything", Parsing, "\n\n\ndata: a\n\n", Message("a")),
        Case("CR in front of everything", Parsing, "\r\r\rdata: a\r\r", Message("a")),
        Case("CRLF in front of everything", Parsing, "\r\n\r\ndata: a\r\n\r\n", Message("a")),
        Case("LF only", Parsing, "\n\n\n\n\n"),
        Case("CR only", Parsing, "\r\r\r\r\r"),
        Case("CRLF only", Parsing, "\r\n\r\n\r\n"),
        Case("Nothing at all", Parsing, ""),
        Case("Vertical tab and form feed end no line", Parsing, "data: a\vb\fc\n\n", Message("a\vb\fc")),
        Case("Unicode line separators end no line", Parsing,
            "data: " + Utf8("a\u0085b\u2028c\u2029d") + "\n\n", Message("a\u0085b\u2028c\u2029d")),
        Case("Record and unit separators end no line", Parsing,
            "data: a\u001Cb\u001Dc\u001Ed\u001Fe\n\n", Message("a\u001Cb\u001Dc\u001Ed\u001Fe")),
        Case("A backslash and an n end no line", Parsing, "data: a\\n\\nb\n\n", Message("a\\n\\nb")),
    ];

    private static FramingCase[] WithLineEnd(string name, string end) =>
    [
        Case($"{name}: one-line event", $"{LaunchDarkly}{name} separator, one-line event",
            $"data: event 1{end}{end}", Message("event 1")),
        Case($"{name}: one-line and two-line event", $"{LaunchDarkly}{name} separator, one-line event + two-line event",
            $"data: event 1{end}{end}data: event 2 line 1{end}data: event 2 line 2{end}{end}",
            Message("event 1"), Message("event 2 line 1\nevent 2 line 2")),
        Case($"{name}: empty first line", $"{LaunchDarkly}{name} separator, 3-line event with empty line at beginning",
            $"data:{end}data: line2{end}data: line3{end}{end}", Message("\nline2\nline3")),
        Case($"{name}: empty middle line", $"{LaunchDarkly}{name} separator, 3-line event with empty line in middle",
            $"data: line1{end}data:{end}data: line3{end}{end}", Message("line1\n\nline3")),
        Case($"{name}: one extra blank line", $"{LaunchDarkly}{name} separator, ignores 1 extra empty line",
            $"data: event 1{end}{end}{end}data: event 2{end}{end}", Message("event 1"), Message("event 2")),
        Case($"{name}: two extra blank lines", $"{LaunchDarkly}{name} separator, ignores 2 extra empty lines",
            $"data: event 1{end}{end}{end}{end}data: event 2{end}{end}", Message("event 1"), Message("event 2")),
        Case($"{name}: every field and a comment", Parsing,
            $":c{end}event: e{end}retry: 5{end}id: 1{end}data: d{end}{end}", Comment("c"), Retry(5), Named("e", "d", "1")),
    ];

    /// <summary>Every pair of line ends after a data line: only CR followed by LF is one end instead of two.</summary>
    private static IEnumerable<FramingCase> PairsOfLineEnds()
    {
        (string Name, string End)[] ends = [("LF", "\n"), ("CR", "\r"), ("CRLF", "\r\n")];
        foreach (var first in ends)
        {
            foreach (var second in ends)
            {
                var oneEnd = first.Name == "CR" && second.Name == "LF";
                yield return Case($"{first.Name} then {second.Name} after a data line", Parsing,
                    $"data: x{first.End}{second.End}data: y\n\n", oneEnd ? [Message("x\ny")] : [Message("x"), Message("y")]);
            }
        }
    }
}
