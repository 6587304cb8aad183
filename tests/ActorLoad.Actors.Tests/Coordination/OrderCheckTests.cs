using ActorLoad.Actors.Coordination.Runs;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class OrderCheckTests
{
    private static readonly Scenario Sound = SmallScenario.Create((0, 1), (60, 10)) with
    {
        Feeds = [new Feed("people", ["name"], [["ada"]], FeedOrder.Sequential, 0, FeedEnd.Wrap)],
    };

    private static readonly UserType Reader = Sound.UserTypes[0];

    public static TheoryData<string, Scenario> SenselessScenarios() => new()
    {
        { "base-url", Sound with { BaseUrl = new Uri("ftp://target.test/") } },
        { "load", Sound with { Load = Sound.Load with { Stages = [] } } },
        { "load", Sound with { Load = Sound.Load with { Stages = [new PlanStage(TimeSpan.Zero, TimeSpan.FromSeconds(-1), 1, 1)] } } },
        { "load", Sound with { Load = Sound.Load with { Stages = [new PlanStage(TimeSpan.Zero, TimeSpan.FromSeconds(1), double.NaN, 1)] } } },
        { "load", Sound with { Load = Sound.Load with { Stages = [new PlanStage(TimeSpan.Zero, TimeSpan.FromSeconds(1), 1, 1e300)] } } },
        { "load", Sound with { Load = Sound.Load with { Stages = [new PlanStage(TimeSpan.MaxValue, TimeSpan.FromSeconds(1), 1, 1)] } } },
        { "load", Sound with { Load = Sound.Load with { Cap = TimeSpan.FromSeconds(-1) } } },
        { "load", Sound with { Load = Sound.Load with { MaxUsers = -1 } } },
        { "users", Sound with { UserTypes = [] } },
        { "users", Sound with { UserTypes = [Reader with { Weight = 0 }] } },
        { "users", Sound with { UserTypes = [Reader with { Weight = int.MaxValue }] } },
        { "users", Sound with { UserTypes = [Reader, Reader] } },
        { "users.reader.tasks", Sound with { UserTypes = [Reader with { Tasks = [] }] } },
        { "users.reader.tasks", Sound with { UserTypes = [Reader with { Tasks = [Reader.Tasks[0] with { Weight = -1 }] }] } },
        { "users.reader", Sound with { UserTypes = [Reader with { Wait = SmallScenario.Constant(TimeSpan.MinValue) }] } },
        { "users.reader", Sound with { UserTypes = [Reader with { Iterations = -1 }] } },
        { "feeds.people", Sound with { Feeds = [Sound.Feeds[0] with { Rows = [] }] } },
        { "feeds.people", Sound with { Feeds = [Sound.Feeds[0] with { Rows = [["ada", "countess"]] }] } },
        { "graceful-stop", Sound with { GracefulStop = TimeSpan.MaxValue } },
        { "events-at", Sound with { EventsAt = [new TimedEvent(TimeSpan.FromSeconds(-1), new StormDrop())] } },
        { "cluster", Sound with { Cluster = Sound.Cluster with { MinWorkers = 0 } } },
        { "cluster", Sound with { Cluster = Sound.Cluster with { OrphanTimeout = TimeSpan.FromSeconds(-1) } } },
    };

    [Fact]
    public void What_a_scenario_can_say_is_sound()
    {
        Assert.Null(Problem(Sound));
        var month = TimeSpan.FromDays(30);
        Assert.Null(Problem(Sound with { Load = LoadPlan.Open([(month, 5.0), (month, 50.0)]) }));
    }

    [Theory]
    [MemberData(nameof(SenselessScenarios))]
    public void What_would_break_whoever_relies_on_it_is_named_with_its_place(string place, Scenario scenario) =>
        Assert.StartsWith($"the scenario makes no sense: {place}: ", Problem(scenario), StringComparison.Ordinal);

    private static string? Problem(Scenario scenario) => OrderCheck.Problem(new RunOrder(new RunId("r"), scenario, "", DateTimeOffset.UnixEpoch));
}
