using System.Text;
using System.Text.Json;
using ActorLoad.Actors.Measurement.Json;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class JsonFieldsTests
{
    [Theory]
    [InlineData("""{"a":1}""", "/a", JsonFieldKind.Number, "1")]
    [InlineData("""{"b":{"a":2},"a":"x"}""", "/a", JsonFieldKind.Text, "x")]
    [InlineData("""{"b":{"a":2},"a":"x"}""", "/b/a", JsonFieldKind.Number, "2")]
    [InlineData("""{"a":[10,{"b":true}]}""", "/a/1/b", JsonFieldKind.Boolean, "true")]
    [InlineData("""{"a":[10,20]}""", "/a/0", JsonFieldKind.Number, "10")]
    [InlineData("""{"a":[10,20]}""", "/a/2", JsonFieldKind.Missing, "")]
    [InlineData("""{"a":[10,20]}""", "/a/01", JsonFieldKind.Missing, "")]
    [InlineData("""{"a":null}""", "/a", JsonFieldKind.Null, "null")]
    [InlineData("""{"a":{}}""", "/a", JsonFieldKind.Compound, "{")]
    [InlineData("""{"a/b":1,"m~n":2}""", "/a~1b", JsonFieldKind.Number, "1")]
    [InlineData("""{"a/b":1,"m~n":2}""", "/m~0n", JsonFieldKind.Number, "2")]
    [InlineData("""{"a":1,"a":2}""", "/a", JsonFieldKind.Number, "1")]
    [InlineData("""{"a":{"x":1},"a":{"b":2}}""", "/a/b", JsonFieldKind.Missing, "")]
    [InlineData("""{"\u0061":5}""", "/a", JsonFieldKind.Number, "5")]
    [InlineData("""{"":7}""", "/", JsonFieldKind.Number, "7")]
    [InlineData("42", "", JsonFieldKind.Number, "42")]
    [InlineData(""" "text" """, "", JsonFieldKind.Text, "text")]
    public void One_pointer_finds_its_value(string json, string pointer, JsonFieldKind kind, string text)
    {
        var found = new JsonField[1];
        Assert.True(new JsonFields(JsonPointer.Parse(pointer)).TryRead(Encoding.UTF8.GetBytes(json), found));
        Assert.Equal(kind, found[0].Kind);
        Assert.Equal(text, Encoding.UTF8.GetString(found[0].In(Encoding.UTF8.GetBytes(json))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[DONE]")]
    [InlineData("""{"b":1""")]
    [InlineData("""{"b":1} x""")]
    public void What_is_no_document_is_said_to_be_none(string text)
    {
        var found = new JsonField[1];
        Assert.False(new JsonFields(JsonPointer.Parse("/a")).TryRead(Encoding.UTF8.GetBytes(text), found));
        Assert.Equal(JsonFieldKind.Missing, found[0].Kind);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("/a~2")]
    [InlineData("/a~")]
    public void A_wrong_pointer_is_refused(string pointer) => Assert.Throws<FormatException>(() => JsonPointer.Parse(pointer));

    [Fact]
    public void An_escaped_text_is_marked()
    {
        var found = new JsonField[1];
        new JsonFields(JsonPointer.Parse("/a")).TryRead("""{"a":"x\ny"}"""u8, found);
        Assert.True(found[0].IsEscaped);
    }

    /// <summary>Second opinion: the same pointers walked over a parsed document.</summary>
    [Fact]
    public void Any_pointers_find_what_a_parsed_document_has()
    {
        var name = Pick("a", "b", "c", "é");
        var leaf = Gen.OneOf(Gen.Int.Select(i => i.ToString()), Pick("\"x\"", "\"\\u0041\"", "true", "null", "1.5e3", "\"\""));
        var value = Gen.Recursive<string>((depth, inner) => depth >= 3
            ? leaf
            : Gen.OneOf(
                leaf,
                Gen.Select(name, inner).Array[0, 3].Select(p => "{" + string.Join(",", p.DistinctBy(x => x.Item1).Select(x => $"\"{x.Item1}\":{x.Item2}")) + "}"),
                inner.Array[0, 3].Select(i => "[" + string.Join(" , ", i) + "]")));
        var pointer = Gen.OneOf(name, Pick("0", "1", "2")).Array[0, 3].Select(t => string.Concat(t.Select(x => "/" + x)));
        Gen.Select(value, pointer.Array[1, 4]).Sample((json, pointers) =>
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var found = new JsonField[pointers.Length];
            Assert.True(new JsonFields([.. pointers.Select(JsonPointer.Parse)]).TryRead(bytes, found));
            using var document = JsonDocument.Parse(json);
            for (var i = 0; i < pointers.Length; i++)
            {
                var expected = Walk(document.RootElement, pointers[i]);
                Assert.Equal(expected is null, found[i].Kind == JsonFieldKind.Missing);
                if (expected is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } e)
                {
                    var text = Encoding.UTF8.GetString(found[i].In(bytes));
                    Assert.Equal(e.GetRawText().Trim('"'), text);
                }
            }
        });
    }

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static JsonElement? Walk(JsonElement element, string pointer)
    {
        foreach (var token in pointer.Split('/').Skip(1))
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(token, out var property))
            {
                element = property;
            }
            else if (element.ValueKind == JsonValueKind.Array && int.TryParse(token, out var i) && i < element.GetArrayLength())
            {
                element = element[i];
            }
            else
            {
                return null;
            }
        }

        return element;
    }
}
