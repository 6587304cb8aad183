using System.Text;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users;

public sealed class ResponseExtractorTests
{
    [Theory]
    [InlineData("""{"access_token":"abc"}""", "/access_token", "abc")]
    [InlineData("""{"a":{"b":[1,{"c":"x"}]}}""", "/a/b/1/c", "x")]
    [InlineData("""{"t":"a\"\u00e9\n😀"}""", "/t", "a\"é\n😀")]
    [InlineData("""{"n":12.50}""", "/n", "12.50")]
    [InlineData("""{"n":true}""", "/n", "true")]
    [InlineData("""{"t":""}""", "/t", "")]
    [InlineData("\"alone\"", "", "alone")]
    [InlineData("\uFEFF{\"t\":\"x\"}", "/t", "x")]
    public void A_value_is_taken_by_its_pointer(string body, string pointer, string expected) =>
        Assert.Equal([new("v", expected)], Extract(body, new Extraction("v", pointer, null)).Values);

    [Theory]
    [InlineData("""{"secret":1}""", "/id", "the response has no '/id'")]
    [InlineData("""{"id":null,"secret":1}""", "/id", "'/id' of the response is null")]
    [InlineData("""{"id":{"secret":1}}""", "/id", "'/id' of the response is an object or a list")]
    [InlineData("""{"id":["secret"]}""", "/id", "is an object or a list")]
    [InlineData("<html>secret</html>", "/id", "the response is no JSON document")]
    [InlineData("", "/id", "the response is no JSON document")]
    [InlineData("""{"id":"\ud83d secret"}""", "/id", "is no valid text")]
    public void What_is_not_there_is_named_without_showing_the_response(string body, string pointer, string problem)
    {
        var extracted = Extract(body, new Extraction("v", pointer, null));
        Assert.Contains(problem, extracted.Problem, StringComparison.Ordinal);
        Assert.EndsWith("for the variable 'v'", extracted.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", extracted.Problem, StringComparison.Ordinal);
        Assert.Empty(extracted.Values);
    }

    [Fact]
    public void A_header_is_taken_by_its_name()
    {
        var extracted = Extract("", new Extraction("v", null, "Location"));
        Assert.Equal("/jobs/1", Assert.Single(extracted.Values).Value);
        Assert.Contains("no header 'ETag'", Extract("", new Extraction("v", null, "ETag")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_beyond_the_limit_is_not_searched()
    {
        var response = new KeptResponse("{\"id\":1"u8.ToArray(), isWhole: false, new Dictionary<string, string>());
        Assert.Contains("longer than 1 MiB", ResponseExtractor.Extract([new Extraction("v", "/id", null)], response).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_needed_is_kept()
    {
        Assert.Null(ResponseExtractor.KeepFor([]));
        var headerOnly = ResponseExtractor.KeepFor([new Extraction("v", null, "Location")])!;
        Assert.Equal((false, "Location"), (headerOnly.Body, Assert.Single(headerOnly.Headers)));
        Assert.True(ResponseExtractor.KeepFor([new Extraction("v", "/id", null)])!.Body);
    }

    [Fact]
    public void Its_text_shows_no_value() => Assert.DoesNotContain(
        "abc", $"{Extract("""{"t":"abc"}""", new Extraction("v", "/t", null))}", StringComparison.Ordinal);

    private static ExtractedValues Extract(string body, params Extraction[] wanted) => ResponseExtractor.Extract(
        wanted,
        new KeptResponse(
            Encoding.UTF8.GetBytes(body), isWhole: true, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["location"] = "/jobs/1" }));
}
