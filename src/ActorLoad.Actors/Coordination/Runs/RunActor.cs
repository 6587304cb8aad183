using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>
/// One run in hand, from the first worker to the written report; a child of the coordinator, which passes on what concerns it.
/// <code>
/// state       ends well when                      StopRun        worker lost, or leaves        worker failed, problem
/// gathering   enough workers: preparing           recording      waits on                      -
/// preparing   all Prepared: running               recording      dealt again, while enough     recording
/// recovering  workers told what it is: running    kept           not waited for                -
///             (or preparing)
/// running     totals complete: recording          stops workers  on-worker-lost                stops, recording
/// recording   RunRecorded: over                   -              -                             -
/// over        -                                   -              -                             -
/// </code>
/// What a worker or the recorder has to answer is said again until it has. Supervision: the statistics child failing fails the
/// run, the recorder failing ends it without a report; neither is restarted, because what they knew died with them.
/// </summary>
internal sealed partial class RunActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(1);

    private readonly RunSetup _setup;
    private readonly CoordinatorTimes _times;
    private readonly TimeProvider _time;
    private readonly RunFate _fate = new();
    private readonly Dictionary<WorkerId, WorkerCard> _cards = [];
    private readonly Dictionary<WorkerId, (string Node, ClockEstimate Clock)> _clocks = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    // Known from the beginning, but for a run that another coordinator began.
    private RunOrder _order = null!;
    private RunStatusBook _status = null!;

    private RosterBook? _book;
    private RunClock? _clock;
    private IActorRef _stats = ActorRefs.Nobody;
    private IActorRef _recorder = ActorRefs.Nobody;
    private bool _folderMade;

    public RunActor(RunSetup setup) => (_setup, _times, _time) = (setup, setup.Options.Times, setup.Options.Time);

    public ITimerScheduler Timers { get; set; } = null!;

    private IActorRef Coordinator => Context.Parent;

    private Scenario Scenario => _order.Scenario;

    private RunId Run => _setup.Run;

    public static Props Props(RunSetup setup) => Akka.Actor.Props.Create(() => new RunActor(setup));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: 0, withinTimeMilliseconds: -1, OnChildFailed, loggingEnabled: true);

    protected override void OnReceive(object message)
    {
        if (message is not Begin begin)
        {
            Common(message);
            return;
        }

        foreach (var card in begin.Workers)
        {
            Keep(card);
        }

        Timers.StartPeriodicTimer(Repeat.Instance, Repeat.Instance, _times.Repeat);
        Timers.StartPeriodicTimer(PublishTick.Instance, PublishTick.Instance, PublishEvery);
        if (_setup.Order is { } order)
        {
            Take(order);
            Gather(epoch: 1);
        }
        else
        {
            Recover();
        }
    }

    private void Take(RunOrder order)
    {
        _order = order;
        _status = new RunStatusBook(order, _setup.Options.Node);
        if (_setup.Options.Recorder is { } recorder)
        {
            _recorder = Context.ActorOf(recorder(order), "recorder");
            Context.WatchWith(_recorder, RecorderGone.Instance);
            Timers.StartSingleTimer(FolderTimeout.Instance, FolderTimeout.Instance, _times.Prepare);
        }
        else
        {
            _folderMade = true;
        }
    }

    // What every state does with a message that it does not await.
    private void Common(object message)
    {
        switch (message)
        {
            case WorkerCame came:
                Keep(came.Card);
                break;
            case WorkerChanged changed:
                Keep(changed.Card);
                break;
            case WorkerGone gone:
                _cards.Remove(gone.Card.Worker);
                break;
            case RunFolderMade made when Sender.Equals(_recorder):
                OnFolderMade(made);
                break;
            case PublishTick:
                Publish();
                break;
            case ChildFailed failed when failed.Child.Equals(_recorder):
                OnRecorderLost($"the report cannot be written: {failed.Problem}");
                break;
            case RecorderGone when !_recorder.IsNobody():
                OnRecorderLost("the report cannot be written: its writer stopped");
                break;
            case FolderTimeout when !_folderMade && !_recorder.IsNobody():
                OnRecorderLost($"the run folder was not made within {_times.Prepare.TotalSeconds:0.###} s");
                break;
            case WorkerProtocol.WindowReport late when _clock is not null:
                Answer(new WorkerProtocol.WindowAck(Run, late.Window.Worker, late.Window.Number));
                if (!TakesPart(late.Window.Worker))
                {
                    AnswerEnd(late.Window.Worker);
                }

                break;
        }
    }

    private void OnFolderMade(RunFolderMade made)
    {
        if (made.Folder is null || made.Problem is not null)
        {
            OnRecorderLost(made.Problem ?? "the run folder cannot be made");
            return;
        }

        _folderMade = true;
        _status.Folder = made.Folder;
        Timers.Cancel(FolderTimeout.Instance);
    }

    // Without it there will be no report: the run ends with what can still be said of it.
    private void OnRecorderLost(string problem)
    {
        Context.Unwatch(_recorder);
        Context.Stop(_recorder);
        _recorder = ActorRefs.Nobody;
        Break(problem);
    }

    private void Keep(WorkerCard card)
    {
        _cards[card.Worker] = card;
        if (card.Clock is { } clock)
        {
            _clocks[card.Worker] = (card.Node, clock);
        }
    }

    /// <summary>Workers that can be given this run.</summary>
    private List<WorkerCard> Available() =>
        [.. _cards.Values.Where(c => !c.IsLeaving && (c.Running is null || c.Running.Run == Run)).OrderBy(c => c.Number)];

    private void Enter(RunPhase phase, UntypedReceive behaviour)
    {
        _status.Phase = phase;
        Become(behaviour);
        Publish();
    }

    private void Publish()
    {
        if (_status is null)
        {
            return;
        }

        _status.StartedAt = _clock?.StartedAt;
        _status.Workers = _book?.Seats.Count(s => s.TakesPart) ?? 0;
        if (_status.Phase == RunPhase.Running && IsEnding)
        {
            _status.Phase = RunPhase.Draining;
        }

        Coordinator.Tell(new News(_status.Now(), _book?.Current));
    }

    private void Answer(IActorLoadMessage message) => Sender.Tell(message, Coordinator);

    private void Send(WorkerId worker, IActorLoadMessage message)
    {
        if (_cards.TryGetValue(worker, out var card))
        {
            Parcels.Tell(card.Actor, message, Coordinator);
        }
    }

    private void SendAll(IEnumerable<WorkerId> workers, IActorLoadMessage message) =>
        Post.SendAll(workers.Select(w => _cards.GetValueOrDefault(w)?.Actor).OfType<IActorRef>(), message, Coordinator);

    private Directive OnChildFailed(Exception error)
    {
        Self.Tell(new ChildFailed(Sender, $"{error.GetType().Name}: {error.Message}"), ActorRefs.NoSender);
        return Directive.Stop;
    }
}
