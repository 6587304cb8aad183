using ActorLoad.Actors.Transport;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class RequestFactoryTests
{
    [Theory]
    [InlineData("Content-Type")]
    [InlineData("content-language")]
    [InlineData("Accept")]
    [InlineData("X-Own")]
    public void A_header_of_the_scenario_replaces_the_own_one(string name)
    {
        using var message = RequestFactory.Create(Request(name, "text/own") with { Body = "{}" }, stream: true, http2: false);
        var sent = message.Headers.NonValidated.Concat(message.Content!.Headers.NonValidated)
            .Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(h => h.Value.ToString());
        Assert.Equal(["text/own"], sent);
    }

    [Fact]
    public void A_content_header_without_content_is_left_out()
    {
        using var message = RequestFactory.Create(Request("Content-Type", "text/own"), stream: false, http2: false);
        Assert.Null(message.Content);
        Assert.Empty(message.Headers.NonValidated);
    }

    private static StreamRequest Request(string name, string value) =>
        new() { Url = new Uri("http://127.0.0.1/"), Headers = [new KeyValuePair<string, string>(name, value)] };
}
