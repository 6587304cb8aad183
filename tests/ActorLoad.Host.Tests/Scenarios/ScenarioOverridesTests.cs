using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class ScenarioOverridesTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Base_url_users_and_duration_change_the_plan()
    {
        var text = ScenarioFolder.Minimal + "scenario.load.stages = [ { duration = 10s, users = 100 }, { duration = 1m, users = 40 } ]";
        var overrides = new ScenarioOverrides { BaseUrl = "https://other:8443/base", Users = 10, Duration = TimeSpan.FromSeconds(20) };
        var scenario = _folder.Valid(text, overrides).Scenario!;
        Assert.Equal(new Uri("https://other:8443/base"), scenario.BaseUrl);
        Assert.Equal((10, 20.0), (scenario.Load.PeakUsers, scenario.Load.Duration.TotalSeconds));
        Assert.Equal(5, scenario.Load.TargetUsersAt(TimeSpan.FromSeconds(5)));
        Assert.Equal(0, scenario.Load.TargetUsersAt(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_duration_longer_than_the_plan_changes_nothing() => Assert.Equal(
        10.0,
        _folder.Valid(ScenarioFolder.Minimal, new ScenarioOverrides { Duration = TimeSpan.FromHours(1) }).Scenario!.Load.Duration.TotalSeconds);

    [Fact]
    public void Scaling_comes_before_capping()
    {
        var text = ScenarioFolder.Minimal + "scenario.load.stages = [ { duration = 10s, users = 10 } ]";
        var scenario = _folder.Valid(text, new ScenarioOverrides { Users = 100, Duration = TimeSpan.FromSeconds(1) }).Scenario!;
        Assert.Equal(10, scenario.Load.PeakUsers);
    }

    [Fact]
    public void A_base_url_of_the_command_line_makes_the_one_of_the_file_unnecessary() =>
        _folder.Valid(ScenarioFolder.Minimal + "scenario.base-url = null", new ScenarioOverrides { BaseUrl = "http://x" });

    [Fact]
    public void Set_changes_any_value()
    {
        var scenario = _folder.Valid(ScenarioFolder.Minimal, new ScenarioOverrides
        {
            Set =
            [
                "name=renamed",
                "scenario.load.stages[0].users=7",
                "users.reader.wait={ min = 1s, max = 2s }",
                "users.reader.tasks.read.steps[0].subscribe.path=/other?x=1",
                "http.headers.\"X.Y\"=a=b // no comment",
                "thresholds.events=[ \"count > 0\" ]",
                "stall-after = 5s ",
                "base-url=http://set:1",
            ],
        }).Scenario!;
        Assert.Equal(("renamed", 7, "http://set:1/"), (scenario.Name, scenario.Load.PeakUsers, scenario.BaseUrl.ToString()));
        Assert.Equal(new DurationRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), scenario.UserTypes[0].Wait);
        var step = (SubscribeStep)scenario.UserTypes[0].Tasks[0].Steps[0];
        Assert.Equal(("/other?x=1", TimeSpan.FromSeconds(5)), (step.Path.Source, step.Settings.StallAfter));
        Assert.Equal(("X.Y", "a=b // no comment"), (scenario.Http.Headers[0].Name, scenario.Http.Headers[0].Value.Source));
        Assert.Single(scenario.Thresholds);
    }

    [Theory]
    [InlineData("load.stagez=[]", "--set load.stagez: scenario.load.stagez: unknown key 'stagez'; did you mean 'stages'?")]
    [InlineData("scenario.users.reader.weight=0", "--set scenario.users.reader.weight: scenario.users.reader.weight: expected a whole number")]
    [InlineData("users.raeder.weight=2", "--set users.raeder.weight: scenario.users.raeder.tasks: expected an object of tasks")]
    [InlineData("load.stages[3].users=2", "--set load.stages[3].users: scenario.load.stages[3].users: there is no list with an element [3]")]
    [InlineData("name.first=2", "--set name.first: scenario.name.first: there is no key 'first'")]
    [InlineData("name", "--set: expected path=value")]
    [InlineData("=x", "--set: expected path=value")]
    [InlineData("a..b=x", "--set a..b: expected path=value")]
    [InlineData("load.stages=[ { duration = 1s }", "--set load.stages: scenario.load.stages: a '[' is never closed")]
    [InlineData("load.stages=[ { duration = 1s } ]", "--set load.stages: scenario.load.stages[0].users: expected a whole number")]
    public void A_wrong_set_names_the_option(string option, string expected)
    {
        var mistakes = _folder.Mistakes(ScenarioFolder.Minimal, new ScenarioOverrides { Set = [option] });
        Assert.StartsWith(expected, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_mistakes_of_their_own()
    {
        Assert.StartsWith("--users: expected", Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal, new ScenarioOverrides { Users = 0 })), StringComparison.Ordinal);
        Assert.StartsWith("--duration: expected", Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal, new ScenarioOverrides { Duration = TimeSpan.Zero })), StringComparison.Ordinal);
        Assert.StartsWith(
            "--base-url: scenario.base-url: expected an absolute",
            Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal, new ScenarioOverrides { BaseUrl = "nowhere" })),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "--duration: the plan has no user yet within its first 1ms",
            Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal, new ScenarioOverrides { Duration = TimeSpan.FromMilliseconds(1) })),
            StringComparison.Ordinal);
    }
}
