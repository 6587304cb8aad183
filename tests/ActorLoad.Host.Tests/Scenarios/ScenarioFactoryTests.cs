using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class ScenarioFactoryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Quick_holds_one_stream_for_each_user_to_the_end()
    {
        var headers = new[] { HeaderLine.Parse("Authorization: Bearer abc:def") };
        var scenario = ScenarioFactory.Quick(new Uri("http://host:81/a/b?c=d%20e"), 50, Minute, TimeSpan.FromSeconds(10), headers);
        Assert.Equal(("http://host:81/", 50, Minute), (scenario.BaseUrl.ToString(), scenario.Load.PeakUsers, scenario.Load.Duration));
        Assert.Equal(25, scenario.Load.TargetUsersAt(TimeSpan.FromSeconds(5)));
        Assert.Equal(50, scenario.Load.TargetUsersAt(TimeSpan.FromSeconds(10)));
        var type = Assert.Single(scenario.UserTypes);
        var task = Assert.Single(type.Tasks);
        Assert.Equal(("quick", "stream"), (type.Name, task.Name));
        var subscribe = Assert.IsType<SubscribeStep>(task.Steps[0]);
        Assert.Equal(("/a/b?c=d%20e", true), (subscribe.Path.Source, subscribe.Settings.Reconnect.Enabled));
        Assert.Equal("Bearer abc:def", Assert.Single(subscribe.Headers).Value.Source);
        Assert.True(Assert.IsType<ListenStep>(task.Steps[1]).For > Minute);

        var text = ScenarioText.Write(scenario);
        Assert.DoesNotContain("abc", text, StringComparison.Ordinal);
        Assert.DoesNotContain("c=d", text, StringComparison.Ordinal);
        using var folder = new ScenarioFolder();
        Assert.Equal(text, folder.Valid(text).ResolvedText);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(60, 0)]
    [InlineData(99, 0)]
    public void Quick_has_all_users_for_what_the_ramp_leaves(int ramp, int held)
    {
        var load = ScenarioFactory.Quick(new Uri("http://h/"), 8, Minute, TimeSpan.FromSeconds(ramp), []).Load;
        Assert.Equal(Minute, load.Duration);
        Assert.Equal(held > 0 ? 8 : 0, load.TargetUsersAt(TimeSpan.Zero));
        Assert.Equal(8, load.PeakUsers);
    }

    [Fact]
    public void Quick_refuses_what_makes_no_run()
    {
        Assert.Throws<ArgumentException>(() => ScenarioFactory.Quick(new Uri("ftp://h/"), 1, Minute, Minute, []));
        Assert.Throws<ArgumentException>(() => ScenarioFactory.Quick(new Uri("/a", UriKind.Relative), 1, Minute, Minute, []));
        Assert.ThrowsAny<ArgumentException>(() => ScenarioFactory.Quick(new Uri("http://h/"), 0, Minute, Minute, []));
        Assert.ThrowsAny<ArgumentException>(() => ScenarioFactory.Quick(new Uri("http://h/"), 1, TimeSpan.Zero, Minute, []));
        Assert.ThrowsAny<ArgumentException>(() => ScenarioFactory.Quick(new Uri("http://h/"), 1, Minute, -Minute, []));
    }

    [Theory]
    [InlineData("no colon")]
    [InlineData(": value")]
    [InlineData("bad name: value")]
    [InlineData("A: two\nlines")]
    [InlineData("A: {{nothing}}")]
    public void What_is_no_header_is_refused(string line) => Assert.Throws<FormatException>(() => HeaderLine.Parse(line));
}
