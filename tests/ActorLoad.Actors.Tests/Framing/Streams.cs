using System.Text;
using CsCheck;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>Random event streams, from well-formed ones to noise that is rich in the format's own characters.</summary>
internal static class Streams
{
    private static readonly Gen<string> LineEnd = Gen.OneOf("\n", "\r", "\r\n");

    private static readonly Gen<string> Value = Gen.OneOf(
        "", " ", "  ", "a", "7", "1500", "message", "{\"seq\": 17, \"text\": \"hello\"}", ":", "a:b", " :", "\0", "x\0", "\u00e9\u20ac\U0001F600", "\uFEFF",
        "99999999999999999999", "12x", "\t", "a\u2028b");

    private static readonly Gen<string> Line = Gen.Select(
        Gen.OneOf("data", "data", "data", "event", "id", "retry", "", "Data", "dat", "\uFEFFdata"),
        Gen.OneOf(":", ": ", ": ", ""),
        Value,
        (name, colon, value) => colon == "" ? name : name + colon + value);

    private static readonly Gen<byte[]> Token = Gen.OneOf<byte[]>(
        Gen.OneOf("data", "data:", "data: ", "event:", "id:", "retry:", ":", " ", "\r", "\n", "\r\n", "\n\n", "\r\r", "\0", "x", "7", "\uFEFF", "\u20ac")
            .Select(Encoding.UTF8.GetBytes),
        Gen.OneOf<byte>(0xEF, 0xBB, 0xBF, 0xE2, 0x82, 0xAC, 0xF0, 0xFF, 0x80, 0xC3).Select(b => new[] { b }),
        Gen.Byte.Select(b => new[] { b }));

    /// <summary>Lines of fields, comments and oddities with blank lines between them; the last line may lack its end.</summary>
    public static Gen<byte[]> OfLines { get; } = Gen.Select(
        Gen.OneOf("", "", "\uFEFF"),
        Gen.Select(Gen.OneOf<string>(Line, Line, Gen.Const("")), LineEnd, (line, end) => line + end).Array[0, 30],
        Gen.OneOf<string>(Gen.Const(""), Line),
        (bom, lines, tail) => Encoding.UTF8.GetBytes(bom + string.Concat(lines) + tail));

    /// <summary>Any bytes, with many field names, colons, line ends, marks and halves of characters among them.</summary>
    public static Gen<byte[]> OfNoise { get; } = Token.Array[0, 60].Select(tokens => tokens.SelectMany(t => t).ToArray());

    /// <summary>
    /// Streams on which the in-box parser and the standard agree: each block with an event type has data (departure 1).
    /// Departure 2 shows only where a stream ends in the middle of a block, departure 3 only in when an event comes.
    /// </summary>
    public static Gen<byte[]> WithoutInBoxDepartures { get; } = Gen.Select(
        Gen.OneOf("", "\uFEFF"),
        Gen.Select(Line.Array[0, 6], LineEnd, Gen.Bool, Block).Array[0, 12],
        (bom, blocks) => Encoding.UTF8.GetBytes(bom + string.Concat(blocks)));

    /// <summary>Ascending cut positions from sizes of chunks, used over and over.</summary>
    public static IEnumerable<int> Cuts(int length, int[] sizes)
    {
        var position = 0;
        for (var i = 0; (position += sizes[i % sizes.Length]) < length; i++)
        {
            yield return position;
        }
    }

    private static string Block(string[] lines, string end, bool unfinished)
    {
        // An empty "line" would be a blank line in the middle of the block.
        lines = [.. lines.Where(line => line != "")];
        var named = lines.Any(line => line == "event" || line.StartsWith("event:", StringComparison.Ordinal));
        var all = named ? [.. lines, "data: x"] : lines;
        return string.Concat(all.Select(line => line + end)) + (unfinished ? "" : end);
    }
}
