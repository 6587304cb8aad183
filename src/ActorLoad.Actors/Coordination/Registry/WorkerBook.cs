using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination.Registry;

/// <summary>The workers that have registered with this coordinator. Plain logic.</summary>
internal sealed class WorkerBook
{
    /// <summary>So many are known at a time.</summary>
    public const int MostWorkers = 1000;

    private readonly Dictionary<WorkerId, Entry> _entries = [];
    private int _registered;

    /// <summary>In the order of their registration.</summary>
    public IReadOnlyList<WorkerCard> Cards => [.. _entries.Values.Select(e => e.Card).OrderBy(c => c.Number)];

    public bool AnyRemote => _entries.Values.Any(e => !e.Card.IsLocal);

    /// <param name="former">The actor that was registered under this id before and is not any more, else null.</param>
    public WorkerCard Register(WorkerProtocol.Register register, IActorRef actor, out IActorRef? former)
    {
        former = null;
        if (_entries.TryGetValue(register.Worker, out var known))
        {
            former = known.Card.Actor.Equals(actor) ? null : known.Card.Actor;
            known.Card = known.Card with
            {
                Node = register.Node,
                Actor = actor,
                Capacity = register.Capacity,
                Running = register.Running,

                // Another actor has not been told what was measured.
                Clock = former is null ? known.Card.Clock : null,
            };
            return known.Card;
        }

        var card = new WorkerCard(register.Worker, register.Node, actor, register.Capacity, ++_registered, register.Running);
        _entries.Add(register.Worker, new Entry { Card = card });
        return card;
    }

    /// <summary>Whether it has to be turned away: it would be one too many.</summary>
    public bool IsFullFor(WorkerId worker) => _entries.Count >= MostWorkers && !_entries.ContainsKey(worker);

    /// <returns>Under which other id this actor is registered; null = under none.</returns>
    public WorkerId? OtherOf(IActorRef actor, WorkerId worker) =>
        _entries.Values.FirstOrDefault(e => e.Card.Worker != worker && e.Card.Actor.Equals(actor))?.Card.Worker;

    public WorkerCard? Card(WorkerId worker) => _entries.GetValueOrDefault(worker)?.Card;

    public ClockBook? Clock(WorkerId worker) => _entries.GetValueOrDefault(worker)?.Clock;

    /// <returns>The worker when this is still its actor, else null: it is another one's news.</returns>
    public WorkerCard? Remove(WorkerId worker, IActorRef actor)
    {
        if (!_entries.TryGetValue(worker, out var entry) || !entry.Card.Actor.Equals(actor))
        {
            return null;
        }

        _entries.Remove(worker);
        return entry.Card;
    }

    /// <returns>The changed card; null when the worker is not registered.</returns>
    public WorkerCard? Leaving(WorkerId worker) => Change(worker, c => c with { IsLeaving = true });

    public WorkerCard? Measured(WorkerId worker, ClockEstimate clock) => Change(worker, c => c with { Clock = clock });

    /// <summary>This run is over: whoever still had it is free.</summary>
    public void RunOver(RunId run)
    {
        foreach (var entry in _entries.Values)
        {
            if (entry.Card.Running?.Run == run)
            {
                entry.Card = entry.Card with { Running = null };
            }

            if (entry.Last?.Run == run)
            {
                entry.Last = null;
            }
        }
    }

    /// <summary>What a worker last said of itself.</summary>
    public void Seen(StatsWindow window)
    {
        if (_entries.TryGetValue(window.Worker, out var entry) && (entry.Last?.Run != window.Run || entry.Last.Number < window.Number))
        {
            entry.Last = window;
        }
    }

    /// <param name="run">The run that is on, with its roster.</param>
    public NodeRow[] Rows(RunId? run, Roster? roster) => [.. _entries.Values.OrderBy(e => e.Card.Number).Select(e => Row(e, run, roster))];

    private static NodeRow Row(Entry entry, RunId? run, Roster? roster)
    {
        var card = entry.Card;
        var seat = roster?.EntryOf(card.Worker) is { State: RosterState.Active or RosterState.Leaving } active ? active : null;
        var last = seat is not null && entry.Last?.Run == run ? entry.Last : null;
        var clock = card.IsLocal ? new ClockEstimate(0, 0, 0, 0) : card.Clock;
        return new NodeRow(
            card.Node,
            card.Worker,
            card.Capacity,
            seat is null ? null : run,
            seat?.Shares.Count() ?? 0,
            Level(last, Gauge.UsersActive),
            Level(last, Gauge.StreamsOpen),
            last?.Health?.CpuShare ?? 0,
            last?.Health?.LagMsMax ?? 0,
            clock?.OffsetMs,
            clock?.ErrorMs);
    }

    private static long Level(StatsWindow? window, Gauge gauge) =>
        window is not null && window.Gauges.Length > (int)gauge ? window.Gauges[(int)gauge] : 0;

    private WorkerCard? Change(WorkerId worker, Func<WorkerCard, WorkerCard> change) =>
        _entries.TryGetValue(worker, out var entry) ? entry.Card = change(entry.Card) : null;

    private sealed class Entry
    {
        public required WorkerCard Card { get; set; }

        public ClockBook Clock { get; } = new();

        public StatsWindow? Last { get; set; }
    }
}
