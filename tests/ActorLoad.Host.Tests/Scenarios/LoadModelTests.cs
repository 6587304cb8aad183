using ActorLoad.Host.Running;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>The open model, users that leave by themselves, events: read, refused, written back, described.</summary>
public sealed class LoadModelTests : IDisposable
{
    private const string Open = """
        scenario {
          name = open
          base-url = "http://127.0.0.1:5080"
          load { model = open, max-users = 500, start-rate = 0, stages = [ { duration = 10s, rate = 50 }, { duration = 1m, rate = 12.5 } ] }
          users.reader.tasks.read.steps = [ { subscribe { stream = main, path = "/events" } }, { abandon { stream = main } } ]
        }

        """;

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_open_plan_is_compiled()
    {
        var load = _folder.Valid(Open).Scenario!.Load;
        Assert.Equal((LoadModel.Open, 500, 70.0), (load.Model, load.MaxUsers, load.Duration.TotalSeconds));
        Assert.Equal([250, 250 + 1875], new[] { 10, 70 }.Select(s => load.ArrivalsUntil(TimeSpan.FromSeconds(s))));
        Assert.Equal(new AbandonStep("main"), _folder.Valid(Open).Scenario!.UserTypes[0].Tasks[0].Steps[1]);
    }

    [Fact]
    public void Without_a_start_rate_the_first_stage_is_constant_and_ten_thousand_users_may_be_there()
    {
        var load = _folder.Valid(Open + "scenario.load = null\nscenario.load { model = open, stages = [ { duration = 1m, rate = 50 } ] }").Scenario!.Load;
        Assert.Equal((3000, 50, 10_000), (load.Arrivals, load.ArrivalsUntil(TimeSpan.FromSeconds(1)), load.MaxUsers));
    }

    [Theory]
    [InlineData("", 1, false)]
    [InlineData("scenario.users.reader.iterations = 7", 7, false)]
    [InlineData("scenario.users.reader.lifetime = 10s", 0, true)]
    [InlineData("scenario.users.reader { iterations = 2, lifetime { min = 1s, max = 2s } }", 2, true)]
    public void Who_arrives_does_one_task_unless_something_else_is_said(string added, int iterations, bool lives)
    {
        var type = _folder.Valid(Open + added).Scenario!.UserTypes[0];
        Assert.Equal((iterations, lives), (type.Iterations, type.Lifetime is not null));
    }

    [Fact]
    public void In_the_closed_model_users_stay_unless_something_else_is_said()
    {
        var type = _folder.Valid(ScenarioFolder.Minimal).Scenario!.UserTypes[0];
        Assert.Equal((0, null, LeaveMode.Close), (type.Iterations, type.Lifetime, type.OnLeave));
    }

    [Theory]
    [InlineData("scenario.load.stages = [ { duration = 1m, users = 50 } ]", "load.stages[0].users: users belong to the closed model; expected a rate")]
    [InlineData("scenario.load.stages = [ { duration = 1m } ]", "load.stages[0].rate: expected a number of new users per second from 0 to 100000, found nothing")]
    [InlineData("scenario.load.stages = [ { duration = 1m, rate = -1 } ]", "load.stages[0].rate: expected a number of new users per second from 0 to 100000, found '-1'")]
    [InlineData("scenario.load.stages = [ { duration = 1m, rate = 1e3 } ]", "expected a number of new users per second")]
    [InlineData("scenario.load.stages = [ { duration = 1m, rate = 100001 } ]", "found '100001'")]
    [InlineData("scenario.load.stages = [ { duration = 1m, rate = 0 }, { duration = 1m, rate = 0 } ]", "load.stages: the plan never has a new user; at least one stage needs rate above 0")]
    [InlineData("scenario.load.stages = [ { duration = 1s, rate = 0.3 } ]", "load.stages: the plan is over before its first user arrives")]
    [InlineData("scenario.load.stages = []", "load.stages: the plan has no stages; expected at least one { duration, rate }")]
    [InlineData("scenario.load.stages = [ { duration = 0s, rate = 9 } ]", "the plan has no length")]
    [InlineData("scenario.load.stages = [ { duration = 9s, rate = 9 }, { duration = 0s, rate = 10 } ]", "load.stages[1]: the last stage has no length")]
    [InlineData("scenario.load.start-rate = -5", "load.start-rate: expected a number of new users per second")]
    [InlineData("scenario.load.max-users = 0", "load.max-users: expected a whole number from 1 to 10000000, found '0'")]
    [InlineData("scenario.users.reader.iterations = 0", "users.reader.iterations: expected a whole number of at least 1, found '0'")]
    [InlineData("scenario.users.reader.lifetime = 0s", "users.reader.lifetime: a user that lives for no time does nothing")]
    [InlineData("scenario.users.reader.lifetime = { min = 2s, max = 1s }", "min (2s) must not be above max (1s)")]
    [InlineData("scenario.users.reader.on-leave = run", "users.reader.on-leave: expected one of close, abandon, found 'run'")]
    [InlineData("scenario.events-at = { at = 1s }", "events-at: expected a list of events such as")]
    [InlineData("scenario.events-at = [ { at = 1s } ]", "events-at[0].drop: expected an object such as drop {")]
    [InlineData("scenario.events-at = [ { drop { } } ]", "events-at[0].at: expected a duration")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { fraction = 0 } } ]", "events-at[0].drop.fraction: expected a number above 0 and at most 1, found '0'")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { fraction = 1.5 } } ]", "found '1.5'")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { fraction = 150% } } ]", "found '150%'")]
    [InlineData("scenario.events-at = [ { at = 70s, drop { } } ]", "events-at[0].at: the plan is over after 70s; expected a moment before")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { user-type = raeder } } ]", "events-at[0].drop.user-type: there is no user type 'raeder'; did you mean 'reader'?")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { stream = mian } } ]", "events-at[0].drop.stream: no user type subscribes to a stream 'mian'; did you mean 'main'?")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { user-type = reader, stream = x } } ]", "user type 'reader' never subscribes to a stream 'x'; known here: main")]
    [InlineData("scenario.events-at = [ { at = 1s, drop { for = 1s } } ]", "events-at[0].drop.for: unknown key 'for'")]
    public void A_mistake_is_reported_with_its_line_and_what_was_expected(string added, string expected)
    {
        var mistake = Assert.Single(_folder.Mistakes(Open + added));
        Assert.StartsWith(mistake.Contains("found nothing", StringComparison.Ordinal) ? "test.conf:" : "test.conf:7: ", mistake, StringComparison.Ordinal);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenario.load.max-users = 5", "load.max-users: max-users belongs to the open model")]
    [InlineData("scenario.load.start-rate = 5", "load.start-rate: start-rate belongs to the open model")]
    [InlineData("scenario.load.stages = [ { duration = 1m, rate = 5 } ]", "load.stages[0].rate: a rate belongs to the open model (load { model = open })")]
    public void What_belongs_to_the_open_model_is_a_mistake_in_the_closed_one(string added, string expected) =>
        Assert.Contains(expected, Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + added)), StringComparison.Ordinal);

    [Fact]
    public void The_number_of_users_of_an_open_plan_cannot_be_set()
    {
        Assert.StartsWith("--users: belongs to the closed model", Assert.Single(_folder.Mistakes(Open, new ScenarioOverrides { Users = 5 })), StringComparison.Ordinal);
        Assert.Equal(300, _folder.Valid(Open, new ScenarioOverrides { Set = ["load.stages[0].rate=10", "load.stages=[{ duration = 30s, rate = 10 }]", "load.start-rate=10"] }).Scenario!.Load.Arrivals);
    }

    [Fact]
    public void A_cap_ends_arrivals_and_events()
    {
        const string events = "scenario.events-at = [ { at = 3s, drop { } }, { at = 20s, drop { fraction = 0.5 } } ]";
        var scenario = _folder.Valid(Open + events, new ScenarioOverrides { Duration = TimeSpan.FromSeconds(5) }).Scenario!;
        Assert.Equal((62, 3.0), (scenario.Load.Arrivals, Assert.Single(scenario.EventsAt).At.TotalSeconds));
        var none = Assert.Single(_folder.Mistakes(Open, new ScenarioOverrides { Duration = TimeSpan.FromMilliseconds(10) }));
        Assert.Contains("the plan has no user yet", none, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("scenario.load.start-rate = 0.3333333", 17.3)]
    [InlineData("scenario.users.reader { iterations = 3, lifetime { min = 1s, max = 1500ms }, on-leave = abandon }", null)]
    [InlineData("scenario.events-at = [ { at = 1s, drop { } }, { at = 5s, drop { fraction = 0.125, over = 1500ms, hold = 2s, user-type = reader, stream = main } } ]", null)]
    public void What_is_written_back_is_the_same_scenario(string added, double? cap)
    {
        var first = _folder.Valid(Open + added, new ScenarioOverrides { Duration = cap is { } c ? TimeSpan.FromSeconds(c) : null });
        var again = _folder.Valid(first.ResolvedText!);
        Assert.Equal(first.ResolvedText, again.ResolvedText);
        Assert.Equal(first.Scenario!.EventsAt, again.Scenario!.EventsAt);
        var (a, b) = (first.Scenario.Load, again.Scenario.Load);
        Assert.Equal((a.MaxUsers, a.Duration, a.Arrivals), (b.MaxUsers, b.Duration, b.Arrivals));
        for (var i = 0L; i < a.Arrivals; i++)
        {
            Assert.Equal(a.ArrivalDueAt(i)!.Value.TotalSeconds, b.ArrivalDueAt(i)!.Value.TotalSeconds, 0.0001);
        }

        var (left, right) = (first.Scenario.UserTypes[0], again.Scenario.UserTypes[0]);
        Assert.Equal((left.Iterations, left.Lifetime, left.OnLeave), (right.Iterations, right.Lifetime, right.OnLeave));
    }

    [Fact]
    public void The_plan_is_described()
    {
        var scenario = _folder.Valid(Open + """
            scenario.users.reader { lifetime { min = 5s, max = 10s }, on-leave = abandon }
            scenario.users.walker { weight = 3, iterations = 2, tasks.t.steps = [ { pause = 1s } ] }
            scenario.events-at = [ { at = 30s, drop { } }, { at = 20s, drop { fraction = 0.5, over = 3s, hold = 1s, user-type = reader, stream = main } } ]
            """).Scenario!;
        Assert.Equal(
            """
            scenario   open
            base url   http://127.0.0.1:5080
            load       open, 70s, 2125 arrivals, at most 500 users at a time
                    0s - 10s      0 -> 50 users/s
                   10s - 70s      50 -> 12.5 users/s
            events
                   20s   drops 50% of the open streams named 'main' of 'reader' over 3s, keeps each away for 1s
                   30s   drops 100% of the open streams at once
            user types
              reader: weight 1, 25% (about 531 arrivals), think time 0s, leaves after 5s to 10s, abandons its streams
                task read: weight 1, 100%
                  1. subscribe main: GET /events, open within 30s
                  2. abandon main
              walker: weight 3, 75% (about 1594 arrivals), think time 0s, leaves after 2 tasks
                task t: weight 1, 100%
                  1. pause 1s
            thresholds none
            """,
            string.Join('\n', PlanDescription.Describe(scenario)));
    }

    [Fact]
    public void The_limits_of_the_machine_know_max_users_and_what_is_abandoned()
    {
        var scenario = _folder.Valid(Open).Scenario!;
        Assert.Null(new MachineLimits(650, 1000).ProblemWith(scenario));
        var problem = new MachineLimits(649, 1000).ProblemWith(scenario);
        Assert.Contains("500 users", problem, StringComparison.Ordinal);
        Assert.Contains("lower load.max-users", problem, StringComparison.Ordinal);
        Assert.Contains("abandoned streams keep their sockets", problem, StringComparison.Ordinal);
        var closed = new MachineLimits(100, null).ProblemWith(_folder.Valid(ScenarioFolder.Minimal).Scenario!);
        Assert.Contains("lower --users", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("abandoned", closed, StringComparison.Ordinal);
    }
}
