using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Tests.Transport;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;
using Akka.Streams;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>
/// One connection actor under real supervision, with a network played by hand and a scheduler whose time stands still until
/// a test advances it.
/// </summary>
public abstract class ConnectionSpec : TestKit
{
    /// <summary>Dead letters are no news when actors end all the time, and printing them would hold up the thread pool.</summary>
    public const string Quiet =
        """
        akka.loglevel = OFF
        akka.loggers = []
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off

        """;

    public const string VirtualTime = Quiet +
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"
        akka.test.default-timeout = 20s
        akka.test.single-expect-default = 20s
        """;

    private IActorRef? _connection;
    private IActorRef? _parent;

    protected ConnectionSpec()
        : base(VirtualTime)
    {
    }

    private protected FakeConnector Network { get; } = new();

    private protected RecordingObserver Observer { get; } = new();

    private protected AbandonedStreams Abandoned { get; } = new();

    private protected ShiftedTime Time { get; } = new();

    private protected StreamContext Stream { get; private set; } = null!;

    protected IActorRef Connection => _connection ?? throw new InvalidOperationException("not started");

    protected StreamCursor Cursor => Stream.Cursor;

    protected static StreamSettings Settings { get; } = new()
    {
        Reconnect = new ReconnectSettings
        {
            MinBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(60), Jitter = 0,
        },
    };

    /// <param name="prepare">Changes the cursor before the first incarnation sees it.</param>
    /// <param name="until">Makes the stream a finite one.</param>
    protected void Start(
        StreamSettings? settings = null, bool resume = true, Action<StreamCursor>? prepare = null, DoneMarker? until = null)
    {
        var request = new StreamRequest { Url = new Uri("http://fake.test/events") };
        Stream = new StreamContext("main", request, resume, settings ?? Settings, Observer)
        {
            Until = until is null ? null : new DoneMatch(until),
        };
        prepare?.Invoke(Cursor);
        var services = new ConnectionServices(Network, Sys.Materializer(), Time) { Abandoned = Abandoned };
        var probe = TestActor;
        var stream = Stream;
        _parent = Sys.ActorOf(Akka.Actor.Props.Create(() => new SupervisingParent(probe, stream, services)));
        _connection = ExpectMsg<IActorRef>();
        Watch(_connection);
    }

    private protected async Task<FedStream> OpenAsync(long? headersAt = null)
    {
        var body = (await Network.NextAsync()).Accept(headersAt);
        await ExpectMsgAsync<ConnectionEvents.Opened>();
        return body;
    }

    /// <summary>Waits until the connection has worked off its mailbox, a restart under way included.</summary>
    protected async Task SettleAsync()
    {
        Connection.Tell(new Identify("settled"), TestActor);
        await ExpectMsgAsync<ActorIdentity>();
    }

    protected async Task AdvanceAsync(double seconds)
    {
        await SettleAsync();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));
        await SettleAsync();
    }

    protected async Task<ConnectionFailure> LostAsync(FailureReason reason)
    {
        var failure = (await ExpectMsgAsync<ConnectionEvents.Lost>()).Failure;
        Assert.Equal(reason, failure.Reason);
        return failure;
    }

    /// <summary>Waits until the observer was told this.</summary>
    protected Task ObservedAsync(string call) =>
        AwaitConditionAsync(() => Task.FromResult(Observer.Calls.Contains(call)), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(5));

    /// <summary>Waits until an unknown failure has escalated: it takes the parent with it.</summary>
    protected async Task EscalatedAsync()
    {
        var watcher = CreateTestProbe();
        await watcher.WatchAsync(_parent!);
        await watcher.ExpectTerminatedAsync(_parent!);
    }

    /// <summary>Waits until the connection has stopped for good.</summary>
    protected async Task GoneAsync() => await ExpectTerminatedAsync(Connection);

    protected async Task<int> AttemptsAsync()
    {
        await SettleAsync();
        return Network.Attempts;
    }
}
