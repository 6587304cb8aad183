using System.Threading.Channels;
using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Tests.Connections;
using ActorLoad.Actors.Tests.Transport;
using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Implementation;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>The users of one type under their real parent, with a network played by hand; the test is the parent's parent.</summary>
public abstract class UserSpec(string config) : TestKit(config)
{
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private WorkerRecorder? _worker;
    private IActorRef? _users;

    protected UserSpec()
        : this(ConnectionSpec.VirtualTime)
    {
    }

    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Sends one request in each phase of its life.</summary>
    protected static UserType Plain { get; } = new()
    {
        Name = "plain",
        Wait = Constant(5),
        OnStart = [Sample.Request("/start")],
        OnStop = [Sample.Request("/stop")],
        Tasks = [Work(Sample.Request("/task"))],
    };

    private protected FakeConnector Network { get; } = new();

    protected UserTypeRecorder Recorder => _worker!.UserTypes[0];

    /// <summary>Answers a plain request by its path; unless a test says otherwise with 200 at once.</summary>
    protected Func<string, CancellationToken, Task<RequestResult>> Answer { get; set; } =
        (_, _) => Task.FromResult(new RequestResult(200, null, "", 1));

    protected static TaskDefinition Work(params Step[] steps) => new("work", 1, steps);

    protected static DurationRange Constant(double seconds) => new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    protected void Host(
        UserType type, ISseConnector? connector = null, Uri? baseUrl = null, double gracefulStop = 0, IReadOnlyList<Feed>? feeds = null)
    {
        var scenario = new Scenario
        {
            Name = "test",
            BaseUrl = baseUrl ?? new Uri("http://fake.test/"),
            Load = LoadPlan.Closed([]),
            UserTypes = [type],
            Feeds = feeds ?? [],
            GracefulStop = TimeSpan.FromSeconds(gracefulStop),
        };
        Network.OnSend = (request, cancellation) =>
        {
            _sent.Writer.TryWrite(request.Url.PathAndQuery);
            return Answer(request.Url.PathAndQuery, cancellation);
        };
        _worker = new WorkerRecorder(scenario.UserTypes);

        // Until its supervisor has started the materializer blocks whoever uses it, on pool threads that the start needs.
        StreamsAsync().Wait(Patience);
        var services = new ConnectionServices(connector ?? Network, Sys.Materializer(), TimeProvider.System);
        var profile = new UserProfile(scenario, type, _worker.UserTypes[0], services);
        _users = Sys.ActorOf(Relay.Props(TestActor, UsersActor.Props(_ => profile)), "relay");
    }

    protected void StartUser(long id = 0) => _users.Tell(new UsersActor.Start(id));

    protected void StopUser(long id = 0) => _users.Tell(new UsersActor.Stop(id));

    protected void StopAll(StopMode mode) => _users.Tell(new UsersActor.StopAll(mode));

    protected async Task GoneAsync(bool crashed = false, long id = 0)
    {
        var gone = (UsersActor.Gone)await FishForMessageAsync(m => m is UsersActor.Gone, Patience);
        Assert.Equal((id, crashed), (gone.UserId, gone.Crashed));
    }

    /// <summary>Waits until nobody is active any more after <see cref="StopAll"/>.</summary>
    protected async Task IdleAsync() => await FishForMessageAsync(m => m is UsersActor.Idle, Patience);

    /// <summary>The next plain request must be for this path.</summary>
    protected async Task SentAsync(string path)
    {
        using var limit = new CancellationTokenSource(Patience);
        Assert.Equal(path, await _sent.Reader.ReadAsync(limit.Token));
    }

    protected void AssertNothingSent() => Assert.False(_sent.Reader.TryPeek(out var path), $"sent {path}");

    /// <summary>Waits until the user has worked off its mailbox.</summary>
    protected async Task SettleAsync(long id = 0)
    {
        // From above, so that no message on its way to the user is overtaken; the user itself twice, because what a
        // completed request or a connection told it may have made it tell itself something.
        string[] road = ["/user/relay", "/user/relay/users", $"/user/relay/users/user-{id}", $"/user/relay/users/user-{id}"];
        foreach (var stop in road)
        {
            await Sys.ActorSelection(stop).Ask<ActorIdentity>(new Identify(stop), Patience);
        }
    }

    protected async Task AdvanceAsync(double seconds)
    {
        await SettleAsync();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));
    }

    protected Task CountedAsync(Counter counter, long atLeast) => AwaitConditionAsync(
        () => Task.FromResult(Recorder.Sum(counter) >= atLeast), Patience, TimeSpan.FromMilliseconds(5));

    /// <summary>The named counters, in the order asked for.</summary>
    protected long[] Counts(params Counter[] counters) => [.. counters.Select(Recorder.Sum)];

    /// <summary>A user says farewell a moment before it and its connections are gone.</summary>
    protected Task LevelsAreZeroAsync() => AwaitAssertAsync(
        () =>
        {
            Assert.Equal(0, _worker![Gauge.UsersActive].Level);
            Assert.Equal(0, _worker[Gauge.StreamsOpen].Level);
        },
        Patience,
        TimeSpan.FromMilliseconds(5));

    protected FailureCount Failure(FailureWhere where) => Assert.Single(_worker!.Failures.Take(), f => f.Where == where);

    protected Task NoStreamLeftAsync() => AwaitAssertAsync(
        async () => Assert.Empty((await StreamsAsync()).Refs), Patience, TimeSpan.FromMilliseconds(10));

    private Task<StreamSupervisor.Children> StreamsAsync() =>
        ((ActorMaterializerImpl)Sys.Materializer()).Supervisor.Ask<StreamSupervisor.Children>(
            StreamSupervisor.GetChildren.Instance, Patience);

    private sealed class Relay(IActorRef probe, Props child) : UntypedActor
    {
        private IActorRef _child = null!;

        public static Props Props(IActorRef probe, Props child) => Akka.Actor.Props.Create(() => new Relay(probe, child));

        protected override void PreStart() => _child = Context.ActorOf(child, "users");

        protected override void OnReceive(object message) => (Sender.Equals(_child) ? probe : _child).Forward(message);
    }
}
