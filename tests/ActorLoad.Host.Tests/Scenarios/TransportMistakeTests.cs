namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>Mistakes in what says how the target is reached and how fast it is read.</summary>
public sealed class TransportMistakeTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("streams-per-connection = 0", "expected a whole number from 1 to 1000000, found '0'")]
    [InlineData("streams-per-connection = 2", "only HTTP/2 streams can share a connection")]
    [InlineData("source-addresses = [ \"127.0.0.1\", \"127.0.0.300\" ]", "source-addresses[1]: expected an IP address, a range such as")]
    [InlineData("source-addresses = \"127.0.1.9-127.0.1.1\"", "source-addresses: expected an IP address, a range such as")]
    [InlineData("source-addresses = \"127.0.1\"", "found '127.0.1'")]
    [InlineData("source-addresses = \"10.0.0.0/8\"", "at most 65536 addresses, found '10.0.0.0/8'")]
    [InlineData("source-addresses = \"10.0.0.1/33\"", "found '10.0.0.1/33'")]
    [InlineData("source-addresses = \"localhost\"", "found 'localhost'")]
    [InlineData("source-addresses = [ \"127.0.0.1\", \"::1\" ]", "source-addresses[1]: source addresses have to be all IPv4 or all IPv6")]
    [InlineData("source-addresses = { a = b }", "found an object")]
    [InlineData("resolve { \"example.test\" = localhost }", "resolve.\"example.test\": expected an IP address with or without a port")]
    [InlineData("resolve { \"example.test\" = \"127.0.0.1:99999\" }", "found '127.0.0.1:99999'")]
    [InlineData("resolve { \"exa mple\" = \"127.0.0.1\" }", "resolve.\"exa mple\": expected a host name")]
    [InlineData("resolve { \"example.test:x\" = \"127.0.0.1\" }", "expected a host name, with or without a port")]
    [InlineData("resolve { example.test = \"127.0.0.1\" }", "resolve.example: put host names that contain dots in quotes")]
    [InlineData("resolve = \"127.0.0.1\"", "resolve: expected an object")]
    [InlineData("proxy = \"https://127.0.0.1:1\"", "expected an absolute http or socks5 URL, or an empty text for none")]
    [InlineData("tls { server-name = \"two words\" }", "tls.server-name: expected a host name, found 'two words'")]
    [InlineData("proxy = \"http://127.0.0.1:1\", tls { server-name = x }", "tls.server-name is not possible through a proxy")]
    [InlineData("version = \"2\", proxy = \"http://127.0.0.1:1\"", "http.proxy: an http proxy carries HTTP/2 to https targets only")]
    public void A_mistake_about_http_is_reported(string http, string expected) => AssertOne($"scenario.http {{ {http} }}", expected);

    [Theory]
    [InlineData("read-rate = 2KiB", "read-rate: expected a rate such as 2KiB/s, 1MiB/s, at most 1GiB/s, or 0 for none, found '2KiB'")]
    [InlineData("read-rate = 0.5B/s", "found '0.5B/s'")]
    [InlineData("read-rate = -1KiB/s", "found '-1KiB/s'")]
    [InlineData("read-rate = 2GiB/s", "found '2GiB/s'")]
    [InlineData("stop-reading-after = 10", "stop-reading-after: expected a duration such as 10s, a size such as 64KiB, or 0 for never, found '10'")]
    [InlineData("stop-reading-after = soon", "found 'soon'")]
    public void A_mistake_about_slow_reading_is_reported(string setting, string expected)
    {
        AssertOne($"scenario.{setting}", expected);
        AssertOne($"scenario.users.reader.{setting}", expected);
    }

    private void AssertOne(string text, string expected)
    {
        var mistake = Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + text));
        Assert.StartsWith("test.conf:7: scenario.", mistake, StringComparison.Ordinal);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }
}
