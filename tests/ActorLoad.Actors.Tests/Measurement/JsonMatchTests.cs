using System.Text;
using System.Text.Json;
using ActorLoad.Actors.Measurement.Json;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class JsonMatchTests
{
    [Theory]
    [InlineData("/type", "x", """{"type":"x"}""", true)]
    [InlineData("/type", "x", """{"type":"\u0078"}""", true)]
    [InlineData("/type", "x\"y\n", """{"type":"x\"y\n"}""", true)]
    [InlineData("/type", "é", """{"type":"\u00e9"}""", true)]
    [InlineData("/type", "é", """{"type":"é"}""", true)]
    [InlineData("/type", "😀", """{"type":"\ud83d\ude00"}""", true)]
    [InlineData("/type", "x", """{"type":"X"}""", false)]
    [InlineData("/type", "x", """{"type":"xx"}""", false)]
    [InlineData("/type", "\\u0078", """{"type":"\u0078"}""", false)]
    [InlineData("/type", "", """{"type":""}""", true)]
    [InlineData("/n", "5", """{"n":5}""", true)]
    [InlineData("/n", "5", """{"n":"5"}""", true)]
    [InlineData("/n", "5", """{"n":5.0}""", false)]
    [InlineData("/n", "5e0", """{"n":5e0}""", true)]
    [InlineData("/n", "true", """{"n":true}""", true)]
    [InlineData("/n", "null", """{"n":null}""", true)]
    [InlineData("/n", "false", """{"n":true}""", false)]
    [InlineData("/n", "{", """{"n":{}}""", false)]
    [InlineData("/n", "[", """{"n":[5]}""", false)]
    [InlineData("/n/0", "5", """{"n":[5]}""", true)]
    [InlineData("/choices/0/delta/content", " a", """{"choices":[{"delta":{"content":" a"}}]}""", true)]
    [InlineData("", "word", "\"word\"", true)]
    [InlineData("/n", "5", "[DONE]", false)]
    [InlineData("/n", "5", "plain text", false)]
    [InlineData("/n", "5", "", false)]
    [InlineData("/n", "x", """{"n":"\ud83d"}""", false)]
    [InlineData("/n", "x", """{"\ud83d":1,"n":"x"}""", false)]
    public void A_value_matches_by_what_it_says(string pointer, string expected, string json, bool matches) =>
        Assert.Equal(matches, Match(pointer, expected).Matches(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Every_text_matches_itself_however_it_is_escaped_and_no_other() =>
        Gen.Select(Gen.String, Gen.String, Gen.Bool).Sample(
            (text, other, relaxed) =>
            {
                // A text out of half a surrogate pair cannot be written as UTF-8.
                var (clean, cleanOther) = (Clean(text), Clean(other));
                var options = relaxed ? new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping } : null;
                var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["a"] = 1, ["t"] = clean }, options);
                Assert.True(Match("/t", clean).Matches(json));
                Assert.Equal(clean == cleanOther, Match("/t", cleanOther).Matches(json));
            },
            iter: 2000);

    [Fact]
    public void A_document_allocates_nothing()
    {
        var plain = """{"id":1,"type":"wanted","rest":[1,2,{"x":"y"}]}"""u8.ToArray();
        var escaped = """{"id":1,"type":"w\u0061nted","rest":[1,2,{"x":"y"}]}"""u8.ToArray();
        var match = Match("/type", "wanted");
        Assert.True(match.Matches(plain) && match.Matches(escaped));
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                match.Matches(plain);
                match.Matches(escaped);
            }
        }));
    }

    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static JsonMatch Match(string pointer, string expected) => new(JsonPointer.Parse(pointer), Encoding.UTF8.GetBytes(expected));
}
