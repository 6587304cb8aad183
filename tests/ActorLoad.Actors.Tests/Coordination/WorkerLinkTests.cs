using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Tests.Stats;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Every word between a worker and its coordinators, said by probes.</summary>
public sealed class WorkerLinkTests : VirtualTimeKit
{
    private static readonly RunId Run = new("run-1");
    private static readonly WorkerId Id = new("w");
    private static readonly WorkerCapacity Capacity = new(4096, 28_000, 2) { SourceAddresses = ["127.0.1.1"] };
    private static readonly Roster Roster =
        new(1, 1, TimeSpan.Zero, [new RosterEntry(Id, "here", 0, RosterState.Active, [new ShareGrant(1, TimeSpan.Zero, [0])])]);

    private readonly TestProbe _proxy;
    private readonly TestProbe _first;
    private readonly TestProbe _second;
    private readonly IActorRef _worker;
    private string? _refused;

    public WorkerLinkTests()
    {
        (_proxy, _first, _second) = (CreateTestProbe("proxy"), CreateTestProbe("first"), CreateTestProbe("second"));
        _worker = Sys.ActorOf(WorkerActor.Props(new WorkerOptions(Id, "here", "1.2", _proxy, _ => new MemoryConnector(), Time)
        {
            Capacity = Capacity,
            Refused = reason => Volatile.Write(ref _refused, reason),
        }), "worker");
    }

    [Fact]
    public void It_greets_at_once_and_every_two_seconds_for_ever()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(new WorkerProtocol.Hello(Id, "here", WireMessages.ProtocolVersion, "1.2"), _proxy.ExpectMsg<WorkerProtocol.Hello>());
            _proxy.ExpectNoMsg(TimeSpan.Zero);
            Pass(2);
        }
    }

    [Fact]
    public void With_a_new_coordinator_it_registers_until_that_has_answered()
    {
        Answer(_first);
        Assert.Equal(new WorkerProtocol.Register(Id, "here", Capacity, null), _first.ExpectMsg<WorkerProtocol.Register>());
        Pass(2);
        _first.ExpectMsg<WorkerProtocol.Register>();
        Answer(_first);
        _worker.Tell(new WorkerProtocol.Registered("another", Id), _first);
        _worker.Tell(new WorkerProtocol.Registered("first", new WorkerId("another")), _first);
        Pass(2);
        _first.ExpectMsg<WorkerProtocol.Register>();
        _worker.Tell(new WorkerProtocol.Registered("first", Id), _first);
        Pass(2);
        Answer(_first);
        Pass(2);
        _first.ExpectNoMsg(TimeSpan.Zero);

        Answer(_second);
        _second.ExpectMsg<WorkerProtocol.Register>();
    }

    [Fact]
    public void A_refusal_is_told_once_and_ends_the_greetings()
    {
        _proxy.ExpectMsg<WorkerProtocol.Hello>();
        _worker.Tell(new WorkerProtocol.HelloAnswer("first", "there", 2, "2.0", "it speaks protocol 2, this node 1"), _first);
        AwaitCondition(() => Volatile.Read(ref _refused) == "it speaks protocol 2, this node 1");
        Volatile.Write(ref _refused, null);
        _worker.Tell(new WorkerProtocol.HelloAnswer("first", "there", 2, "2.0", "again"), _first);
        Pass(10);
        Assert.Null(Volatile.Read(ref _refused));
        _proxy.ExpectNoMsg(TimeSpan.Zero);
        _first.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void It_tells_the_time()
    {
        _worker.Tell(new WorkerProtocol.ClockPing(42), _first);
        var pong = _first.ExpectMsg<WorkerProtocol.ClockPong>();
        Assert.Equal(new WorkerProtocol.ClockPong(Id, 42, Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000), pong);
    }

    [Fact]
    public void It_starts_at_the_instant_by_the_coordinators_clock_and_its_windows_are_in_that_time()
    {
        Register(_first);
        Prepare();

        // The coordinator is 10 s ahead and wants to begin in half a second.
        _worker.Tell(new WorkerProtocol.ClockSet(Id, 10_000_000, 200), _first);
        _worker.Tell(new WorkerProtocol.ClockSet(new WorkerId("another"), 99_000_000, 200), _first);
        var at = Time.GetUtcNow().AddSeconds(10.5);
        for (var again = 0; again < 2; again++)
        {
            _worker.Tell(new WorkerProtocol.Start(Run, at), _first);
            Assert.Equal(new WorkerProtocol.Started(Run, Id), _first.ExpectMsg<WorkerProtocol.Started>());
        }

        Pass(0.45);
        Assert.Equal(0, Users());
        Pass(0.05);
        AwaitAssert(() => Assert.Equal(2, Users()));
        Pass(0.95);
        _first.ExpectNoMsg(TimeSpan.Zero);
        Pass(0.05);
        var window = _first.ExpectMsg<WorkerProtocol.WindowReport>().Window;
        Assert.Equal((0, at.ToUnixTimeMilliseconds(), 1000), (window.Number, window.StartUnixMs, window.LengthMs));
    }

    [Fact]
    public void Another_coordinator_hears_of_the_start_by_its_own_clock_once_that_is_known()
    {
        Register(_first);
        Prepare();
        _worker.Tell(new WorkerProtocol.ClockSet(Id, 10_000_000, 200), _first);
        var at = Time.GetUtcNow().AddSeconds(10);
        _worker.Tell(new WorkerProtocol.Start(Run, at), _first);
        _first.ExpectMsg<WorkerProtocol.Started>();
        Pass(1);
        _worker.Tell(new WorkerProtocol.DescribeRun(Run), _second);
        Assert.Equal(at, _second.ExpectMsg<WorkerProtocol.RunDescription>().StartedAt);
        _worker.Tell(new WorkerProtocol.ClockSet(Id, -5_000_000, 200), _second);
        _worker.Tell(new WorkerProtocol.DescribeRun(Run), _second);
        Assert.Equal(at.AddSeconds(-15), _second.ExpectMsg<WorkerProtocol.RunDescription>().StartedAt);
    }

    [Fact]
    public void One_that_joins_a_run_which_is_on_counts_the_windows_as_the_others_do_and_takes_what_its_shares_have_now()
    {
        Register(_first);
        Prepare(roster: Roster with { Workers = [Roster.Workers[0] with { FirstWindow = 8 }] });
        var at = Time.GetUtcNow().AddSeconds(-5.25);
        _worker.Tell(new WorkerProtocol.Start(Run, at), _first);
        _first.ExpectMsg<WorkerProtocol.Started>();
        AwaitAssert(() => Assert.Equal(2, Users()));
        for (var waited = 0.0; waited < 3.5; waited += 0.5)
        {
            Pass(0.5);
        }

        _first.ExpectNoMsg(TimeSpan.Zero);
        Pass(0.25);
        for (var number = 8; number < 10; number++)
        {
            var window = _first.ExpectMsg<WorkerProtocol.WindowReport>().Window;
            Assert.Equal((number, at.AddSeconds(number).ToUnixTimeMilliseconds(), 1000), (window.Number, window.StartUnixMs, window.LengthMs));
            _worker.Tell(new WorkerProtocol.WindowAck(Run, Id, number), _first);
            Pass(1);
        }
    }

    [Fact]
    public void A_stop_before_the_instant_drains_with_one_empty_window()
    {
        Register(_first);
        Prepare();
        _worker.Tell(new WorkerProtocol.Start(Run, Time.GetUtcNow().AddSeconds(5)), _first);
        _first.ExpectMsg<WorkerProtocol.Started>();
        _worker.Tell(new WorkerProtocol.Stop(Run, StopMode.Graceful), _first);
        var window = _first.ExpectMsg<WorkerProtocol.WindowReport>().Window;
        Assert.Equal((0, 0, true), (window.Number, window.LengthMs, window.IsLast));
        Assert.Equal(new WorkerProtocol.Drained(Run, Id, 0), _first.ExpectMsg<WorkerProtocol.Drained>());
    }

    [Fact]
    public void It_says_that_it_has_drained_until_the_run_is_over_and_then_takes_the_next()
    {
        Begin();
        _worker.Tell(new WorkerProtocol.Stop(Run, StopMode.Now), _first);
        _first.ExpectMsg<WorkerProtocol.WindowReport>();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new WorkerProtocol.Drained(Run, Id, 0), _first.FishForMessage<WorkerProtocol.Drained>(_ => true));
            Pass(2);
        }

        _worker.Tell(new WorkerProtocol.RunOver(new RunId("another"), Reported: true), _first);
        _worker.Tell(new WorkerProtocol.RunOver(Run, Reported: true), _first);
        _worker.Tell(new WorkerProtocol.RunOver(Run, Reported: true), _first);
        Prepare(new RunId("run-2"));

        // Whatever is still on its way of the run that is over.
        _worker.Tell(new WorkerProtocol.Prepare(Order(Run), Roster), _first);
        _worker.Tell(new WorkerProtocol.Start(Run, Time.GetUtcNow()), _first);
        Settle(_worker);
        Pass(2);
        Assert.All(Said(_first), m => Assert.IsType<WorkerProtocol.Drained>(m));
    }

    [Fact]
    public void A_prepare_that_comes_again_is_answered_again_and_may_bring_a_newer_roster()
    {
        Register(_first);
        Prepare();
        Prepare();
        Prepare(roster: Roster with { Epoch = 2, Of = 2 }, epoch: 2);
        Prepare(epoch: 2);
        _worker.Tell(new WorkerProtocol.Start(Run, Time.GetUtcNow()), _first);
        _first.ExpectMsg<WorkerProtocol.Started>();
        AwaitAssert(() => Assert.Equal(1, Users()));
        Prepare(epoch: 2);
        _worker.Tell(new WorkerProtocol.DescribeRun(Run), _first);
        var described = _first.ExpectMsg<WorkerProtocol.RunDescription>();
        Assert.Equal((2, Time.GetUtcNow()), (described.Roster.Epoch, described.StartedAt));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4, 4, 0)]
    [InlineData(4, -1, 0)]
    [InlineData(4, 0, -1)]
    [InlineData(int.MaxValue, 0, 0)]
    public void A_roster_that_makes_no_sense_is_a_problem_of_preparing(int of, int share, int firstWindow)
    {
        Register(_first);
        var roster = new Roster(1, of, TimeSpan.Zero, [new RosterEntry(Id, "", firstWindow, RosterState.Active, [new ShareGrant(1, TimeSpan.Zero, [share])])]);
        _worker.Tell(new WorkerProtocol.Prepare(Order(Run), roster), _first);
        Assert.Contains("roster", _first.ExpectMsg<WorkerProtocol.Prepared>().Problem, StringComparison.Ordinal);
        Begin();
        _worker.Tell(new WorkerProtocol.Assign(Run, roster with { Epoch = 9 }), _first);
        _worker.Tell(new WorkerProtocol.Assign(Run, Roster with { Epoch = 9, Of = 7 }), _first);
        Settle(_worker);
        _first.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_coordinator_that_is_new_hears_of_the_run_gets_its_description_and_all_windows_from_then_on()
    {
        Begin();
        Pass(1);
        Assert.Equal(0, _first.ExpectMsg<WorkerProtocol.WindowReport>().Window.Number);
        Answer(_second);
        Assert.Equal(
            new WorkerProtocol.Register(Id, "here", Capacity, new RunningState(Run, RunPhase.Running, 1, null)),
            _second.ExpectMsg<WorkerProtocol.Register>());
        _worker.Tell(new WorkerProtocol.Registered("second", Id), _second);
        _worker.Tell(new WorkerProtocol.DescribeRun(new RunId("another")), _second);
        _worker.Tell(new WorkerProtocol.DescribeRun(Run), _second);
        var described = _second.ExpectMsg<WorkerProtocol.RunDescription>();
        Assert.Equal((Run, 1), (described.Order.Run, described.Roster.Epoch));
        Assert.NotNull(described.StartedAt);

        _worker.Tell(new WorkerProtocol.ResendWindows(Run, 0), _second);
        Assert.Equal(0, _second.ExpectMsg<WorkerProtocol.WindowReport>().Window.Number);
        Pass(1);
        Assert.Equal(1, _second.FishForMessage<WorkerProtocol.WindowReport>(_ => true).Window.Number);
        _first.ExpectNoMsg(TimeSpan.Zero);

        _worker.Tell(new WorkerProtocol.Stop(Run, StopMode.Now), _second);
        _second.FishForMessage<WorkerProtocol.Drained>(_ => true);
        Answer(_first);
        var state = _first.ExpectMsg<WorkerProtocol.Register>().Running!;
        Assert.Equal((RunPhase.Ended, 2), (state.Phase, state.LastWindow));
    }

    [Fact]
    public void A_failure_is_said_until_the_coordinator_knows()
    {
        Begin();
        Sys.ActorSelection("/user/worker/users").Tell(Kill.Instance);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Run, _first.ExpectMsg<WorkerProtocol.Failed>().Run);
            Pass(2);
        }

        _first.ExpectMsg<WorkerProtocol.Failed>();
        _worker.Tell(new WorkerProtocol.Stop(Run, StopMode.Now), _first);
        Pass(2);
        _first.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_message_in_pieces_is_one_message_and_broken_pieces_are_none()
    {
        Register(_first);
        var large = Order(Run) with { ScenarioText = new string('x', 3 * Parcels.PieceBytes) };
        var pieces = Parcels.Split(new WorkerProtocol.Prepare(large, Roster)).Cast<Parcel>().ToList();
        Assert.Equal(4, pieces.Count);
        _worker.Tell(new Parcel("broken", 5, 2, "prepare/1", []), _first);
        _worker.Tell(new Parcel("broken", 0, 1, "prepare/1", [1, 2, 3]), _first);
        foreach (var piece in pieces)
        {
            _worker.Tell(piece, _first);
        }

        Assert.Equal(new WorkerProtocol.Prepared(Run, Id, null, 1), _first.ExpectMsg<WorkerProtocol.Prepared>());
    }

    private static RunOrder Order(RunId run) => new(run, SmallScenario.Create((0, 2), (3600, 2)), "", DateTimeOffset.UnixEpoch);

    private void Answer(TestProbe coordinator)
    {
        _worker.Tell(new WorkerProtocol.HelloAnswer(coordinator == _first ? "first" : "second", "there", 1, "1", null), coordinator);
        Settle(_worker);
    }

    private void Register(TestProbe coordinator)
    {
        Answer(coordinator);
        coordinator.ExpectMsg<WorkerProtocol.Register>();
        _worker.Tell(new WorkerProtocol.Registered("first", Id), coordinator);
    }

    private void Prepare(RunId? run = null, Roster? roster = null, int epoch = 1)
    {
        var id = run ?? Run;
        _worker.Tell(new WorkerProtocol.Prepare(Order(id), roster ?? Roster), _first);
        Assert.Equal(new WorkerProtocol.Prepared(id, Id, null, epoch), _first.FishForMessage<WorkerProtocol.Prepared>(_ => true));
    }

    private void Begin()
    {
        Answer(_first);
        _worker.Tell(new WorkerProtocol.Registered("first", Id), _first);
        Prepare();
        _worker.Tell(new WorkerProtocol.Start(Run, Time.GetUtcNow()), _first);
        _first.ExpectMsg<WorkerProtocol.Started>();
        AwaitAssert(() => Assert.Equal(2, Users()));
        Settle(Child("stats"));
    }

    private int Users()
    {
        var users = Child("users");
        Settle(users);
        return ((ActorRefWithCell)users).Children.Count();
    }

    private IActorRef Child(string name)
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection($"/user/worker/{name}").Tell(new Identify(null), probe);
        return probe.ExpectMsg<ActorIdentity>().Subject!;
    }

    private static List<object> Said(TestProbe probe)
    {
        var said = new List<object>();
        while (probe.HasMessages)
        {
            said.Add(probe.ReceiveOne(TimeSpan.Zero)!);
        }

        return said;
    }

    private void Pass(double seconds)
    {
        Advance(Seconds(seconds));
        Settle(_worker);
        if (Child("stats") is { } stats)
        {
            Settle(stats);
        }
    }
}
