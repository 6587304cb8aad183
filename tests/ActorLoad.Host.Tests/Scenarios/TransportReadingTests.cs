using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class TransportReadingTests : IDisposable
{
    private const string Everything =
        """
        scenario {
          http {
            version = "2", streams-per-connection = 10
            source-addresses = [ "127.0.1.1-127.0.1.9", "127.0.2.0/30" ]
            resolve { "example.test" = "127.0.0.1", "other.test:443" = "[::1]:8443" }
            tls { server-name = "real.test", insecure = true }
          }
          read-rate = 2KiB/s
          stop-reading-after = 64KiB
          users.reader { read-rate = 0, stop-reading-after = 10s }
        }
        """;

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_option_reaches_the_model()
    {
        var http = _folder.Valid(ScenarioFolder.Minimal + Everything).Scenario!.Http;
        Assert.Equal(("2", true, 10), (http.Version, http.IsHttp2, http.StreamsPerConnection));
        Assert.Equal(["127.0.1.1-127.0.1.9", "127.0.2.0/30"], http.SourceAddresses);
        Assert.Equal(("127.0.0.1", "[::1]:8443"), (http.Resolve["EXAMPLE.test"], http.Resolve["other.test:443"]));
        Assert.Equal(("real.test", true), (http.Tls.ServerName, http.Tls.Insecure));
    }

    [Fact]
    public void Without_a_word_everything_is_ordinary()
    {
        var http = _folder.Valid(ScenarioFolder.Minimal).Scenario!.Http;
        Assert.Equal(("1.1", false, 1), (http.Version, http.IsHttp2, http.StreamsPerConnection));
        Assert.Empty(http.SourceAddresses);
        Assert.Empty(http.Resolve);
        var settings = SettingsOf("");
        Assert.Equal((0L, TimeSpan.Zero, 0L), (settings.ReadRate, settings.StopReadingAfter, settings.StopReadingAfterBytes));
    }

    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("scenario { read-rate = 2KiB/s, stop-reading-after = 64KiB }", 2048, 0, 65536)]
    [InlineData("scenario { read-rate = 2KiB/s, stop-reading-after = 64KiB, users.reader { read-rate = 0, stop-reading-after = 10s } }", 0, 10, 0)]
    [InlineData("scenario { stop-reading-after = 10s, users.reader.stop-reading-after = 1B }", 0, 0, 1)]
    [InlineData("scenario { stop-reading-after = 10s, users.reader.stop-reading-after = 0 }", 0, 0, 0)]
    [InlineData("scenario { stop-reading-after = 10s, users.reader.read-rate = 1MiB/s }", 1048576, 10, 0)]
    public void Slow_reading_inherits_key_by_key(string text, long rate, int seconds, long bytes)
    {
        var settings = SettingsOf(text);
        Assert.Equal(
            (rate, TimeSpan.FromSeconds(seconds), bytes),
            (settings.ReadRate, settings.StopReadingAfter, settings.StopReadingAfterBytes));
    }

    [Fact]
    public void What_is_written_loads_again_as_the_same()
    {
        var first = _folder.Valid(ScenarioFolder.Minimal + Everything);
        var again = _folder.Valid(first.ResolvedText!);
        Assert.Equal(first.ResolvedText, again.ResolvedText);
        Assert.Equal(first.Scenario!.Http.SourceAddresses, again.Scenario!.Http.SourceAddresses);
        Assert.Equal(first.Scenario.Http.Resolve, again.Scenario.Http.Resolve);
        Assert.Equal(first.Scenario.Http.Tls, again.Scenario.Http.Tls);
        Assert.Equal(TimeSpan.FromSeconds(10), Settings(again.Scenario).StopReadingAfter);
    }

    [Fact]
    public void The_plan_says_what_is_out_of_the_ordinary()
    {
        var lines = PlanDescription.Describe(_folder.Valid(ScenarioFolder.Minimal + Everything).Scenario!);
        Assert.Contains(
            "http       HTTP/2, 10 streams a connection, from 11 local addresses in turn, 2 hosts resolved by the scenario, any server certificate accepted",
            lines);
        Assert.Contains(lines, l => l.EndsWith("not read any more after 10s", StringComparison.Ordinal));
        var one = PlanDescription.Describe(_folder.Valid(ScenarioFolder.Minimal + "scenario.http.source-addresses = [ \"127.0.0.7\" ]").Scenario!);
        var load = one.ToList().FindIndex(l => l.StartsWith("load ", StringComparison.Ordinal));
        Assert.EndsWith("users", one[load + 1], StringComparison.Ordinal);
        Assert.Equal("http       from a local address that the scenario names", one[load + 2]);
        Assert.DoesNotContain(PlanDescription.Describe(_folder.Valid(ScenarioFolder.Minimal).Scenario!), l => l.StartsWith("http ", StringComparison.Ordinal));
    }

    private static StreamSettings Settings(Scenario scenario) => ((SubscribeStep)scenario.UserTypes[0].Tasks[0].Steps[0]).Settings;

    private StreamSettings SettingsOf(string text) => Settings(_folder.Valid(ScenarioFolder.Minimal + text).Scenario!);
}
