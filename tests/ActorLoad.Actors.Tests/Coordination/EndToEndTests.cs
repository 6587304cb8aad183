using System.Web;
using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Tests.Stats;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Coordinator, workers, users and connections as they are; only the network and the clock are not.</summary>
public sealed class EndToEndTests : VirtualTimeKit
{
    private static readonly RunId Run = new("run");

    private readonly IActorRef _coordinator;
    private readonly List<RunSecond> _seconds = [];
    private RunOutcome? _outcome;

    public EndToEndTests() => _coordinator = Sys.ActorOf(CoordinatorActor.Props(new CoordinatorOptions("here", "1", Time)), "coordinator");

    [Fact]
    public void A_small_plan_runs_to_its_end_with_exact_numbers()
    {
        const string body = ": hello\n\nevent: tick\ndata: 1\n\nevent: tick\ndata: 2\n\ndata: 3\n\n";
        var connector = AddWorker("w", _ => new MemoryBody(body, ends: false));
        Submit(Users(SmallScenario.Reader("reader", [.. SmallScenario.Receive("/steady", 3), new CloseStep("main")]), 10));

        // A stream that is closed is a task that has passed; only then the clock begins to move.
        AwaitCondition(() => connector.BodiesClosed == 10);
        SettleStatsOf("w");
        Advance(Seconds(2.5));
        var outcome = Outcome();

        Assert.Equal((Run, StopReason.Completed, null), (outcome.Run, outcome.Reason, outcome.Problem));
        Assert.Equal(["node-w"], outcome.Nodes);
        Assert.Equal(Seconds(2.5), outcome.Duration);
        AssertCounters(outcome.Totals, new Dictionary<Counter, long>
        {
            [Counter.UsersStarted] = 10,
            [Counter.UsersFinished] = 10,
            [Counter.TasksPassed] = 10,
            [Counter.ConnectsAttempted] = 10,
            [Counter.ConnectsOpened] = 10,
            [Counter.StreamsOpened] = 10,
            [Counter.Events] = 30,
            [Counter.Comments] = 10,
            [Counter.Bytes] = 10 * body.Length,
        });
        AssertTimings(outcome.Totals, new Dictionary<Timing, long>
        {
            [Timing.TimeToHeaders] = 10,
            [Timing.TimeToFirstByte] = 10,
            [Timing.TimeToFirstEvent] = 10,
            [Timing.EventGap] = 20,
            [Timing.TaskTime] = 10,
        });
        Assert.Equal([KeyValuePair.Create("message", 10L), KeyValuePair.Create("tick", 20L)], outcome.Totals.Events);
        Assert.Empty(outcome.Totals.Failures);
        Assert.Equal(10, outcome.Totals.UserTypes["reader"].Tasks["read"].Passed);
        AssertSeconds(outcome.Totals, count: 3);
        AwaitCondition(() => connector.IsDisposed);
    }

    [Fact]
    public void Streams_that_are_cut_come_back_with_their_last_event_id_and_every_loss_is_counted()
    {
        var connector = AddWorker("w", request => request.LastEventId switch
        {
            "" => new MemoryBody("id: 1\ndata: a\n\nid: 2\ndata: b\n\n", ends: true),
            "2" => new MemoryBody("id: 3\ndata: c\n\n", ends: false),
            _ => null,
        });
        var settings = new StreamSettings
        {
            Reconnect = new ReconnectSettings { MinBackoff = Seconds(0.5), MaxBackoff = Seconds(0.5), Jitter = 0 },
        };
        Submit(Users(SmallScenario.Reader("reader", [.. SmallScenario.Receive("/cut", 3, settings), new CloseStep("main")]), 6, hours: 1));

        // The connections wait out their reconnect delay: time has to go on for that.
        AdvanceUntil(() => connector.BodiesClosed == 12, Seconds(0.1));
        _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Graceful));
        var outcome = Outcome();

        Assert.Equal(StopReason.Interrupted, outcome.Reason);
        AssertCounters(outcome.Totals, new Dictionary<Counter, long>
        {
            [Counter.UsersStarted] = 6,
            [Counter.UsersFinished] = 6,
            [Counter.TasksPassed] = 6,
            [Counter.ConnectsAttempted] = 12,
            [Counter.ConnectsOpened] = 12,
            [Counter.StreamsOpened] = 6,
            [Counter.Disconnects] = 6,
            [Counter.Reconnects] = 6,
            [Counter.Events] = 18,
            [Counter.Bytes] = 6 * ("id: 1\ndata: a\n\n".Length * 3),
        });
        AssertTimings(outcome.Totals, new Dictionary<Timing, long>
        {
            [Timing.TimeToHeaders] = 12,
            [Timing.TimeToFirstByte] = 12,
            [Timing.TimeToFirstEvent] = 12,
            [Timing.EventGap] = 6,
            [Timing.ReconnectTime] = 6,
            [Timing.TaskTime] = 6,
        });
        var failure = Assert.Single(outcome.Totals.Failures.Values);
        Assert.Equal((FailureWhere.Disconnect, FailureReason.Eof, 6L), (failure.Where, failure.Reason, failure.Count));
        AssertSeconds(outcome.Totals);
    }

    [Fact]
    public void Two_workers_share_the_users_without_overlap_and_the_totals_are_their_sum()
    {
        const int users = 11;
        MemoryConnector[] connectors =
        [
            AddWorker("a", _ => new MemoryBody("data: 1\n\n", ends: false)),
            AddWorker("b", _ => new MemoryBody("data: 1\n\n", ends: false)),
        ];
        Submit(Users(SmallScenario.Reader("reader", SmallScenario.Receive("/", 1)), users));
        AwaitCondition(() => connectors.Sum(c => c.BodiesRead) == users);

        // The streams stay open, so that the end of the plan finds them on both.
        var ids = connectors.Select(c => c.Requests.Select(UserId).Order().ToArray()).ToArray();
        Assert.Equal([6, 5], ids.Select(i => i.Length).OrderDescending());
        Assert.Equal(Enumerable.Range(0, users), ids.SelectMany(i => i).Order());
        SettleStatsOf("a");
        SettleStatsOf("b");
        Advance(Seconds(2.5));
        var outcome = Outcome();

        Assert.Equal(["node-a", "node-b"], outcome.Nodes.Order());
        Assert.Equal(users, outcome.Totals[Counter.UsersStarted]);
        Assert.Equal(users, outcome.Totals[Counter.UsersFinished]);
        Assert.Equal(users, outcome.Totals[Counter.ConnectsOpened]);
        Assert.Equal(users, outcome.Totals[Counter.TasksPassed] + outcome.Totals[Counter.TasksInterrupted]);
        Assert.Equal(users, outcome.Totals.GaugesMax[(int)Gauge.UsersActive]);
        AwaitCondition(() => connectors.Sum(c => c.BodiesClosed) == users);
        AssertSeconds(outcome.Totals, count: 3);
    }

    [Fact]
    public void Runs_can_be_submitted_as_soon_as_the_outcome_of_the_last_one_is_there()
    {
        AddWorker("a", _ => new MemoryBody("data: 1\n\n", ends: false));
        AddWorker("b", _ => new MemoryBody("data: 1\n\n", ends: false));
        for (var i = 1; i <= 10; i++)
        {
            var run = new RunId($"run-{i}");
            Submit(Users(SmallScenario.Reader("reader", SmallScenario.Receive("/", 1)), i), run);
            AdvanceUntil(HasEnded, Seconds(0.5));
            var outcome = Outcome();
            Assert.Equal((run, StopReason.Completed, null), (outcome.Run, outcome.Reason, outcome.Problem));
            Assert.Equal(i, outcome.Totals[Counter.UsersStarted]);
            Assert.Equal(i, outcome.Totals[Counter.UsersFinished]);
        }
    }

    [Fact]
    public void A_target_that_refuses_everybody_is_a_run_of_failures()
    {
        var connector = AddWorker("w", _ => null);
        Submit(Users(SmallScenario.Reader("reader", SmallScenario.Receive("/", 1)), 5, hours: 1));
        AwaitCondition(() => connector.Requests.Count == 5);
        AdvanceUntil(() => Told().Sum(s => s.Second[Counter.TasksFailed]) == 5, Seconds(0.25));
        _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Now));
        var totals = Outcome().Totals;
        Assert.Equal(5, totals[Counter.ConnectsFailed]);
        Assert.Equal(0, totals[Counter.ConnectsOpened]);
        Assert.Equal(5, totals.Failures[(FailureWhere.Connect, FailureReason.Status)].Count);
        AssertSeconds(totals);
    }

    private static Scenario Users(UserType type, int users, double hours = 0) =>
        SmallScenario.Create((0, users), (2.5 + (hours * 3600), users)) with { UserTypes = [type] };

    private static int UserId(StreamRequest request) =>
        int.Parse(HttpUtility.ParseQueryString(request.Url.Query)["user"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertCounters(StatsTotals totals, Dictionary<Counter, long> expected) =>
        Assert.All(Enum.GetValues<Counter>(), c => Assert.Equal((c, expected.GetValueOrDefault(c)), (c, totals[c])));

    private static void AssertTimings(StatsTotals totals, Dictionary<Timing, long> expected) =>
        Assert.Equal(expected.OrderBy(t => t.Key), totals.Timings.ToDictionary(t => t.Key, t => t.Value.TotalCount).OrderBy(t => t.Key));

    private MemoryConnector AddWorker(string name, Func<StreamRequest, MemoryBody?> answer)
    {
        var connector = new MemoryConnector(answer);
        var worker = Sys.ActorOf(WorkerActor.Props(new WorkerOptions(new WorkerId(name), $"node-{name}", "1", _coordinator, _ => connector, Time)), name);
        AwaitAssert(() =>
        {
            var asker = CreateTestProbe();
            _coordinator.Tell(new RunProtocol.NodesQuery(), asker);
            Assert.Contains(asker.ExpectMsg<RunProtocol.NodesAnswer>().Nodes, n => n.Worker.Value == name);
        });
        return connector;
    }

    private void Submit(Scenario scenario, RunId? run = null)
    {
        _outcome = null;
        _coordinator.Tell(new RunProtocol.SubmitRun(new RunOrder(run ?? Run, scenario, "", DateTimeOffset.UnixEpoch)), TestActor);
    }

    // The windows of a run begin when its statistics do, which is not what a test of the users waits for.
    private void SettleStatsOf(string worker)
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection($"/user/{worker}/stats").Tell(new Identify(null), probe);
        Assert.NotNull(probe.ExpectMsg<ActorIdentity>().Subject);
    }

    // The seconds that have been told by now.
    private List<RunSecond> Told()
    {
        while (HasMessages)
        {
            switch (ExpectMsg<object>())
            {
                case RunSecond second:
                    _seconds.Add(second);
                    break;
                case RunOutcome outcome:
                    _outcome = outcome;
                    break;
            }
        }

        return _seconds;
    }

    private bool HasEnded()
    {
        Told();
        return _outcome is not null;
    }

    private RunOutcome Outcome()
    {
        AwaitCondition(HasEnded);
        return _outcome!;
    }

    private void AssertSeconds(StatsTotals totals, int? count = null)
    {
        Assert.Equal(Enumerable.Range(0, count ?? _seconds.Count), _seconds.Select(s => s.Number));
        Assert.All(Enum.GetValues<Counter>(), c => Assert.Equal(totals[c], _seconds.Sum(s => s.Second[c])));
        Assert.Equal([0, 0], _seconds[^1].Second.Gauges);
        Assert.Equal([0, 0], totals.Gauges);
    }
}
