using System.Globalization;
using System.Text;
using ActorLoad.Host.Scenarios.Hocon;
using Akka.Configuration;
using CsCheck;
using AkkaValue = Akka.Configuration.Hocon.HoconValue;

namespace ActorLoad.Host.Tests.Scenarios.Hocon;

/// <summary>What Akka.NET's parser understands in a valid text, this reader understands in the same way; and it knows the lines.
/// Left out because Akka departs from the HOCON specification there: it trims blanks at the end of quoted texts, takes some
/// empty lists for empty texts, and an object that a list replaces shows through the list.</summary>
public sealed class AkkaComparisonTests
{
    private static readonly Gen<string> Key = OneOf("a", "b", "c-d", "e_1", "\"q k\"", "a.b", "b.a", "c-d.\"x y\"");

    private static readonly Gen<string> Scalar = OneOf(
        "1", "10s", "two words", "\"quoted # text\"", "\"esc \\\" \\\\ \\n x\"", "\"\"\"triple \"q\" {x} // y\"\"\"", "/path/x", "true", "\"\"", "-5.5");

    private static readonly Gen<string> Separator = OneOf("\n", "\n\n", ",", ",\n", " # note\n", "\n  // note, { [\n", " ,  \n");

    private static readonly Gen<string> Assign = OneOf(" = ", "=", ": ", " : ");

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Element(int depth) => depth == 0 ? Scalar : Gen.Frequency((4, Scalar), (2, Braces(depth)), (2, List(depth)));

    private static Gen<string> Braces(int depth) => Fields(depth - 1).Select(f => "{" + f + "\n}");

    private static Gen<string> List(int depth) =>
        Gen.Select(Element(depth - 1).Array[1, 3], Separator, (v, s) => "[" + string.Join(s, v) + "\n]");

    private static Gen<string> Field(int depth)
    {
        var plain = depth == 0 ? Scalar : Gen.Frequency((4, Scalar), (2, Braces(depth)));
        var field = Gen.Select(Key, Assign, plain, (k, a, v) => k + a + v);
        return depth == 0
            ? field
            : Gen.Frequency((4, field), (1, Gen.Select(OneOf("list", "a.list"), Assign, List(depth), (k, a, v) => k + a + v)));
    }

    private static Gen<string> Fields(int depth) =>
        Gen.Select(Field(depth), Separator, (f, s) => f + s).Array[0, 5].Select(f => "\n" + string.Concat(f).TrimEnd(' ', ',', '\n'));

    [Fact]
    public void Reads_generated_texts_as_akka_does() => Fields(3).Sample(
        text =>
        {
            // Akka reports an empty text as an error; there is nothing to compare in it.
            if (text.Trim().Length == 0)
            {
                return;
            }

            Assert.Equal(Canonical(ConfigurationFactory.ParseString(text).Root), Canonical(HoconReading.Read(text)));
        },
        iter: 2000);

    [Fact]
    public void Gives_every_marked_value_the_line_it_stands_on() => Fields(3).Sample(
        text =>
        {
            // Every unquoted 10s becomes a text that names its line.
            var lines = text.Split('\n').Select((l, i) => l.Replace("10s", $"line{i + 1}", StringComparison.Ordinal));
            foreach (var scalar in Scalars(HoconReading.Read(string.Join('\n', lines))))
            {
                if (scalar.Text.StartsWith("line", StringComparison.Ordinal))
                {
                    Assert.Equal(int.Parse(scalar.Text[4..], CultureInfo.InvariantCulture), scalar.At.Line);
                }
            }
        },
        iter: 1000);

    private static IEnumerable<HoconScalar> Scalars(HoconNode node) => node switch
    {
        HoconScalar scalar => [scalar],
        HoconArray array => array.Items.SelectMany(Scalars),
        HoconObject map => map.Keys.SelectMany(k => Scalars(map[k]!)),
        _ => [],
    };

    private static string Canonical(HoconNode node) => node switch
    {
        HoconObject map =>
            "{" + string.Join(",", map.Keys.Order(StringComparer.Ordinal).Select(k => k + ":" + Canonical(map[k]!))) + "}",
        HoconArray array => "[" + string.Join(",", array.Items.Select(Canonical)) + "]",
        _ => "'" + ((HoconScalar)node).Text + "'",
    };

    private static string Canonical(AkkaValue value)
    {
        if (value.IsObject())
        {
            var map = value.GetObject();
            return "{" + string.Join(",", map.Items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Key + ":" + Canonical(i.Value))) + "}";
        }

        return value.IsArray()
            ? new StringBuilder("[").AppendJoin(',', value.GetArray().Select(Canonical)).Append(']').ToString()
            : "'" + value.GetString() + "'";
    }
}
