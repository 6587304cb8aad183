using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>Whose clock a scenario wants latencies on, and how events tell when they were sent.</summary>
public sealed class ClockReaderTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, ClockSettings> Clocks => new()
    {
        { "", new ClockSettings() },
        { "clock = local", new ClockSettings() },
        { "clock = target", new ClockSettings { UseTarget = true } },
        { "clock { }", new ClockSettings { UseTarget = true } },
        { "clock { source = local, probes = 3 }", new ClockSettings { Probes = 3 } },
        {
            "clock { source = target, path = \"/api/time?a=b\", field = \"/a~1b/0\", format = iso8601, probes = 20 }",
            new ClockSettings { UseTarget = true, Path = "/api/time?a=b", Field = "/a~1b/0", Format = SentAtFormat.Iso8601, Probes = 20 }
        },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void It_is_read_and_written_back_as_the_same(string written, ClockSettings clock)
    {
        var result = _folder.Valid(ScenarioFolder.Minimal + (written.Length == 0 ? "" : "scenario." + written));
        Assert.Equal(clock, result.Scenario!.Clock);
        Assert.Equal(clock, _folder.Valid(result.ResolvedText!).Scenario!.Clock);
        Assert.Equal(clock.UseTarget, PlanDescription.Describe(result.Scenario).Any(l => l.StartsWith("clock      the target's", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("clock = server", "scenario.clock: expected local or target, or an object such as")]
    [InlineData("clock = [ target ]", "scenario.clock: expected local or target, or an object such as")]
    [InlineData("clock { source = both }", "scenario.clock.source: expected local or target, found 'both'")]
    [InlineData("clock { path = \"api/time\" }", "scenario.clock.path: expected a path such as \"/api/time\"")]
    [InlineData("clock { path = \"//elsewhere/time\" }", "scenario.clock.path: expected a path such as \"/api/time\"")]
    [InlineData("clock { path = \"/t?u={{user.id}}\" }", "scenario.clock.path: no {{...}} fields are possible here")]
    [InlineData("clock { field = now }", "scenario.clock.field: expected a JSON pointer such as \"/now\"")]
    [InlineData("clock { field = \"/a~2\" }", "scenario.clock.field: expected a JSON pointer such as \"/now\"")]
    [InlineData("clock { format = unix }", "scenario.clock.format: expected one of unix-s, unix-ms, unix-us, unix-ns, iso8601")]
    [InlineData("clock { probes = 0 }", "scenario.clock.probes: expected a whole number from 1 to 20")]
    [InlineData("clock { probes = 21 }", "scenario.clock.probes: expected a whole number from 1 to 20")]
    [InlineData("clock { feild = \"/now\" }", "scenario.clock.feild: unknown key 'feild'")]
    [InlineData("measure { sent-at = ts }", "scenario.measure.sent-at: expected \"id\", a JSON pointer")]
    [InlineData("measure { sent-at-format = iso }", "scenario.measure.sent-at-format: expected one of unix-s, unix-ms, unix-us, unix-ns, iso8601")]
    public void A_mistake_names_line_and_expectation(string written, string expected)
    {
        var mistake = Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + "scenario." + written));
        Assert.StartsWith($"test.conf:7: {expected}", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_came_from_the_environment_is_masked()
    {
        _folder.Environment["TOKEN"] = "/s3cr3t";
        var result = _folder.Valid(ScenarioFolder.Minimal + "scenario.clock.path = ${TOKEN}");
        Assert.Equal("/s3cr3t", result.Scenario!.Clock.Path);
        Assert.DoesNotContain("s3cr3t", result.ResolvedText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix-s", SentAtFormat.UnixS)]
    [InlineData("unix-ns", SentAtFormat.UnixNs)]
    [InlineData("iso8601", SentAtFormat.Iso8601)]
    public void Every_format_of_a_sending_time_has_a_name(string name, SentAtFormat format)
    {
        var result = _folder.Valid(ScenarioFolder.Minimal + $"scenario.measure {{ sent-at = id, sent-at-format = {name} }}");
        foreach (var text in new[] { result.Scenario!, _folder.Valid(result.ResolvedText!).Scenario! })
        {
            var measure = ((SubscribeStep)text.UserTypes[0].Tasks[0].Steps[0]).Settings.Measure;
            Assert.Equal(("id", format), (measure.SentAt, measure.SentAtFormat));
        }
    }
}
