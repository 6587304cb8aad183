using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Benchmarks;

/// <summary>Speaks the protocol of a worker, but has no users: its windows were made before, and are reported again and again under new numbers.</summary>
internal sealed class SimulatedWorkerActor : UntypedActor
{
    private const int EventsPerSecond = 5;
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(2);

    private readonly WorkerId _id;
    private readonly IActorRef _proxy;
    private readonly IReadOnlyList<StatsWindow> _windows;
    private readonly Action<StatsWindow> _reported;
    private readonly ParcelAssembler _parcels = new();
    private readonly SortedDictionary<int, StatsWindow> _unacknowledged = [];
    private readonly List<ICancelable> _timers = [];

    private IActorRef? _coordinator;
    private string _incarnation = "";
    private RunId? _run;
    private DateTimeOffset? _start;
    private int _next;
    private int? _last;

    public SimulatedWorkerActor(WorkerId id, IActorRef proxy, IReadOnlyList<StatsWindow> windows, Action<StatsWindow> reported) =>
        (_id, _proxy, _windows, _reported) = (id, proxy, windows, reported);

    protected override void PreStart() => Every(Repeat, Due.Greeting, TimeSpan.Zero);

    protected override void PostStop() => _timers.ForEach(t => t.Cancel());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Parcel parcel:
                if (_parcels.Add(parcel) is { } whole)
                {
                    OnReceive(whole);
                }

                break;
            case Due.Greeting:
                _proxy.Tell(new WorkerProtocol.Hello(_id, _id.Value, WireMessages.ProtocolVersion, "benchmark"));
                if (_run is { } run && _last is { } last)
                {
                    _coordinator!.Tell(new WorkerProtocol.Drained(run, _id, last));
                }

                foreach (var window in _unacknowledged.Values.Where(w => w.Number < _next - 2))
                {
                    Report(window);
                }

                break;
            case WorkerProtocol.HelloAnswer answer when answer.Refusal is not null:
                throw new InvalidOperationException(answer.Refusal);
            case WorkerProtocol.HelloAnswer answer when answer.Coordinator != _incarnation:
                _coordinator = Sender;
                Sender.Tell(new WorkerProtocol.Register(_id, _id.Value, new WorkerCapacity(null, null, 2), null));
                break;
            case WorkerProtocol.Registered registered:
                _incarnation = registered.Coordinator;
                break;
            case WorkerProtocol.ClockPing ping:
                Sender.Tell(new WorkerProtocol.ClockPong(_id, ping.SentUnixUs, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000));
                break;
            case WorkerProtocol.Prepare prepare:
                _run = prepare.Run;
                Sender.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, null, prepare.Roster.Epoch));
                break;
            case WorkerProtocol.Start start:
                Sender.Tell(new WorkerProtocol.Started(start.Run, _id));
                if (_start is null)
                {
                    _start = start.At;
                    Every(TimeSpan.FromSeconds(1), Due.Second, start.At + TimeSpan.FromSeconds(1) - DateTimeOffset.UtcNow);
                }

                break;
            case WorkerProtocol.Assign assign:
                Sender.Tell(new WorkerProtocol.Assigned(assign.Run, _id, assign.Roster.Epoch));
                break;
            case Due.Second when _last is null && _run is not null:
                Close(isLast: false);
                break;
            case WorkerProtocol.Stop when _last is null && _start is not null:
                Close(isLast: true);
                break;
            case WorkerProtocol.WindowAck ack:
                _unacknowledged.Remove(ack.Number);
                break;
            case WorkerProtocol.RunOver:
                _run = null;
                break;
        }
    }

    private void Close(bool isLast)
    {
        var at = _start!.Value + TimeSpan.FromSeconds(_next);
        var window = _windows[_next % _windows.Count] with
        {
            Run = _run!.Value,
            Worker = _id,
            Number = _next,
            StartUnixMs = at.ToUnixTimeMilliseconds(),
            IsLast = isLast,
            Fanout = [.. Enumerable.Range(0, EventsPerSecond).Select(e => Seen(at, e))],
        };
        _unacknowledged.Add(_next++, window);
        _last = isLast ? window.Number : null;
        _reported(window);
        Report(window);
    }

    // All workers have seen the same events, each at times of its own.
    private FanoutSpan Seen(DateTimeOffset at, int number)
    {
        var first = (at.ToUnixTimeMilliseconds() * 1000) + (number * 200_000);
        return new FanoutSpan((ulong)((_next * EventsPerSecond) + number), first + (_id.Value[^1] * 10), first + 40_000, 100);
    }

    private void Report(StatsWindow window)
    {
        foreach (var piece in Parcels.Split(new WorkerProtocol.WindowReport(window)))
        {
            _coordinator!.Tell(piece, Self);
        }
    }

    private void Every(TimeSpan interval, Due due, TimeSpan first) => _timers.Add(
        Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(first > TimeSpan.Zero ? first : TimeSpan.Zero, interval, Self, due, ActorRefs.NoSender));

    private enum Due
    {
        Greeting,
        Second,
    }
}
