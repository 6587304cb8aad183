namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] Sizes()
    {
        var longText = string.Concat(Enumerable.Range(0, 4000).Select(i => $"{i % 10000:0000} "));
        var wideText = string.Concat(Enumerable.Repeat("é豆😀", 1000));
        var name = new string('n', 3000);
        return
        [
            Case("Many messages", LaunchDarkly + "many messages in rapid succession",
                string.Concat(Enumerable.Range(0, 100).Select(i => $"data: message {i}\n\n")),
                [.. Enumerable.Range(0, 100).Select(i => Message($"message {i}"))]),
            Case("Many messages with ids and names", Interpreting,
                string.Concat(Enumerable.Range(0, 200).Select(i => $"id: {i}\r\nevent: e{i % 3}\r\ndata: {i}\r\n\r\n")),
                [.. Enumerable.Range(0, 200).Select(i => Named($"e{i % 3}", $"{i}", $"{i}"))]),
            Case("Many empty events", Interpreting,
                string.Concat(Enumerable.Repeat("data\n\n", 500)), [.. Enumerable.Repeat(Message(""), 500)]),
            Case("Many data lines", Interpreting,
                string.Concat(Enumerable.Range(0, 1000).Select(i => $"data: {i}\n")) + "\n",
                Message(string.Join('\n', Enumerable.Range(0, 1000)))),
            Case("Many blank lines", Interpreting, new string('\n', 3000) + "data: x\n\n", Message("x")),
            Case("Long data line", Parsing, $"data: {longText}\n\ndata: x\n\n", Message(longText), Message("x")),
            Case("Long data line in UTF-8", Decode, $"data: {Utf8(wideText)}\n\n", Message(wideText)),
            Case("Long comment", Parsing, $": {longText}\ndata: x\n\n", Comment(longText), Message("x")),
            Case("Long event name and id", Interpreting,
                $"event: {name}\nid: {name}\ndata: x\n\n", Named(name, "x", name)),
            Case("Long unknown field", Interpreting, $"{name}: {name}\n{name}\ndata: x\n\n", Message("x")),
            Case("Long retry with leading zeros", Interpreting, $"retry: {new string('0', 3000)}5\n", Retry(5)),
        ];
    }
}
