using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Actors.Coordination.Runs;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Runs scenarios on the registered workers, one at a time and the others in a queue: greets and registers workers, measures their
/// clocks, answers whoever asks, and gives each run a child of its own (<see cref="RunActor"/>), to which it passes on what
/// concerns it. In a cluster it is a singleton: another incarnation knows nothing, and learns from the workers which run is on.
/// <code>
/// state    SubmitRun        Register with a run it does not know   run over                Leave
/// idle     begins it        carries it on                          -                       Left
/// busy     queues it        after the run in hand                  the next, or idle       stops the run (unless others stand by)
/// leaving  refused          -                                      Left                    -
/// </code>
/// Supervision: a run's actor failing fails that run; its workers are stopped, and the next run begins.
/// </summary>
public sealed partial class CoordinatorActor : UntypedActor, IWithTimers
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly CoordinatorOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkerBook _workers = new();
    private readonly ParcelDesk _parcels = new();
    private readonly Greeting _greeting;
    private readonly RunRegister _runs;
    private readonly WatcherBook _watchers;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public CoordinatorActor(CoordinatorOptions options)
    {
        (_options, _time) = (options, options.Time);
        _greeting = new Greeting(_id, options);
        _runs = new RunRegister(options.Node);
        _watchers = new WatcherBook(options.Times.Watch);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(CoordinatorOptions options) => Akka.Actor.Props.Create(() => new CoordinatorActor(options));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: 0, withinTimeMilliseconds: -1, OnRunFailed, loggingEnabled: true);

    protected override void PreStart()
    {
        Timers.StartSingleTimer(Settled.Instance, Settled.Instance, _options.Times.Settle);
        Timers.StartPeriodicTimer(WatchTick.Instance, WatchTick.Instance, WatchEvery);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Parcel parcel:
                if (_parcels.Add(parcel, Sender.Path.Address) is { } whole)
                {
                    OnReceive(whole);
                }

                break;
            case WorkerProtocol.WindowReport report when _runs.IsInHand(report.Window.Run):
                _workers.Seen(report.Window);
                _run.Forward(report);
                break;
            case WorkerProtocol.WindowReport late:
                OnLateWindow(late);
                break;
            case WorkerProtocol.Hello hello:
                Sender.Tell(_greeting.Answer(hello));
                break;
            case WorkerProtocol.Register register:
                OnRegister(register);
                break;
            case WorkerProtocol.ClockPong pong:
                _workers.Clock(pong.Worker)?.Add(pong, NowUs());
                break;
            case WorkerProtocol.Leaving leaving:
                OnLeaving(leaving);
                break;
            case WorkerProtocol.Prepared or WorkerProtocol.Started or WorkerProtocol.Assigned or WorkerProtocol.Drained
                or WorkerProtocol.Failed or WorkerProtocol.RunDescription:
                PassOn(message);
                break;
            case UnreadableMessage:
                break;
            default:
                OnOther(message);
                break;
        }
    }

    private void OnOther(object message)
    {
        switch (message)
        {
            case RunProtocol.SubmitRun submit:
                Submit(submit.Order);
                break;
            case RunProtocol.StopRun stop:
                Stop(stop);
                break;
            case RunProtocol.RunsQuery:
                Parcels.Tell(Sender, new RunProtocol.RunsAnswer(_options.Node, _runs.All), Self);
                break;
            case RunProtocol.WatchRun watch:
                Watch(watch.Run);
                break;
            case RunProtocol.SummaryQuery query:
                Parcels.Tell(Sender, _runs.Summary(query.Run), Self);
                break;
            case RunProtocol.NodesQuery:
                Parcels.Tell(Sender, new RunProtocol.NodesAnswer(_options.Node, _workers.Rows(_runs.InHand, _roster)), Self);
                break;
            case Leave leave:
                OnLeave(leave);
                break;
            case RunActor.News news when Sender.Equals(_run):
                _roster = news.Roster;
                _runs.Update(news.Status);
                break;
            case RunActor.Over over when Sender.Equals(_run):
                OnRunOver(over.Status, over.SummaryJson, over.Report);
                break;
            case RunFailed failed when failed.Actor.Equals(_run):
                OnRunFailed(failed);
                break;
            default:
                OnTick(message);
                break;
        }
    }

    private void OnTick(object message)
    {
        switch (message)
        {
            case Settled:
                _settled = true;
                BeginNext();
                break;
            case WatchTick:
                TellWatchers();
                break;
            case WorkerLost lost:
                OnWorkerLost(lost);
                break;
            case PingDue due:
                Ping(due);
                break;
            case BurstOver over:
                SetClock(over);
                break;
            case RunActor.News or RunActor.Over or RunFailed:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private long NowUs() => (_time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>
    /// From this process: its node is about to leave. When no other node can become the coordinator, the run in hand is stopped and
    /// its report written before <see cref="Left"/> answers; else the workers carry it on.
    /// </summary>
    public sealed record Leave(bool OthersStandBy) : INoSerializationVerificationNeeded;

    /// <summary>Answers <see cref="Leave"/>: nothing here would be lost any more.</summary>
    public sealed record Left : INoSerializationVerificationNeeded
    {
        public static readonly Left Instance = new();
    }

    private sealed record WorkerLost(WorkerId Worker, IActorRef Actor) : INoSerializationVerificationNeeded;

    private sealed record RunFailed(IActorRef Actor, string Problem) : INoSerializationVerificationNeeded;

    private sealed record PingDue(WorkerId Worker, int Left) : INoSerializationVerificationNeeded;

    private sealed record BurstOver(WorkerId Worker) : INoSerializationVerificationNeeded;

    private sealed class Settled : INoSerializationVerificationNeeded
    {
        public static readonly Settled Instance = new();
    }

    private sealed class WatchTick : INoSerializationVerificationNeeded
    {
        public static readonly WatchTick Instance = new();
    }
}
