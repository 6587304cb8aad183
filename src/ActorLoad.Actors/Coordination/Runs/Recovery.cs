using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>
/// What is known of a run that another coordinator began: which of its workers have come, and what they say the run is. Plain logic.
/// </summary>
internal sealed class Recovery(RunId run)
{
    private readonly Dictionary<WorkerId, WorkerCard> _present = [];
    private readonly HashSet<WorkerId> _absent = [];
    private readonly HashSet<WorkerId> _answered = [];

    public RunOrder? Order { get; private set; }

    /// <summary>The newest that anybody told.</summary>
    public Roster? Roster { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Workers that have the run.</summary>
    public IReadOnlyCollection<WorkerCard> Present => _present.Values;

    /// <summary>The newest epoch that anybody has.</summary>
    public int Epoch => _present.Values.Select(c => c.Running!.Epoch).Append(Roster?.Epoch ?? 0).Max();

    /// <summary>Who is to be asked what the run is; null = all that can be known is.</summary>
    public WorkerCard? Ask =>
        _present.Values.Where(c => !_answered.Contains(c.Worker) && KnowsMore(c.Running!)).OrderByDescending(c => c.Running!.Epoch).ThenBy(c => c.Number).FirstOrDefault();

    /// <summary>The run is known, and of every worker of it whether it is there.</summary>
    public bool IsComplete => Roster is not null && Ask is null
        && Roster.Workers.All(w => w.State is RosterState.Left or RosterState.Lost || _present.ContainsKey(w.Worker) || _absent.Contains(w.Worker));

    public void Came(WorkerCard card)
    {
        if (card.Running?.Run == run)
        {
            _present[card.Worker] = card;
            _absent.Remove(card.Worker);
        }
        else
        {
            Gone(card.Worker);
        }
    }

    public void Gone(WorkerId worker)
    {
        _present.Remove(worker);
        _absent.Add(worker);
    }

    public void Described(WorkerProtocol.RunDescription description, WorkerId by)
    {
        _answered.Add(by);
        if (description.Order.Run != run || OrderCheck.Problem(description.Order) is not null || !IsSound(description.Roster))
        {
            return;
        }

        Order ??= description.Order;
        StartedAt ??= description.StartedAt;
        if (Roster is null || description.Roster.Epoch > Roster.Epoch)
        {
            Roster = description.Roster;
        }
    }

    private bool KnowsMore(RunningState state) =>
        Roster is null || state.Epoch > Roster.Epoch || (StartedAt is null && state.Phase != RunPhase.Preparing);

    // It comes from another node: numbers that cannot be worked with must not stop the coordinator.
    private static bool IsSound(Roster roster)
    {
        var shares = roster.Workers.SelectMany(w => w.Shares).ToList();
        return roster.IsSound
            && shares.Distinct().Count() == shares.Count
            && roster.Workers.Select(w => w.Worker).Distinct().Count() == roster.Workers.Length;
    }
}
