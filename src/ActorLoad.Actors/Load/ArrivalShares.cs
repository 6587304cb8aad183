using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Actors.Load;

/// <summary>
/// All shares of an open plan that one worker has. Who deals with an arrival follows from its index alone, so that a share that
/// moves leaves no arrival out and none is dealt with twice. The plan's limit of users is shared out as the arrivals are, and
/// pooled over the worker's shares. Plain logic.
/// </summary>
/// <param name="of">Into how many shares the plan is cut.</param>
public sealed class ArrivalShares(LoadPlan plan, int of)
{
    private readonly List<ArrivalPacer> _pacers = [];
    private long _mostUsers;
    private long _due = -1;
    private int _at;

    /// <summary>No arrival will be this worker's any more.</summary>
    public bool IsEmpty => _pacers.Count == 0;

    /// <summary>
    /// From now on this is who has what. A share of somebody else is his from the moment that his grant names, one that nobody has
    /// ends when the roster takes effect; until then its arrivals are still this worker's.
    /// </summary>
    public void Assign(Roster roster, WorkerId worker)
    {
        var froms = new Dictionary<int, (WorkerId Owner, TimeSpan From)>();
        foreach (var entry in roster.Workers)
        {
            foreach (var grant in entry.Grants)
            {
                foreach (var share in grant.Shares)
                {
                    froms[share] = (entry.Worker, grant.From);
                }
            }
        }

        foreach (var pacer in _pacers.Where(p => !p.Ends))
        {
            if (!froms.TryGetValue(pacer.Segment.From, out var owned))
            {
                pacer.EndAt(plan.ArrivalsUntil(roster.Effective));
            }
            else if (owned.Owner == worker)
            {
                froms.Remove(pacer.Segment.From);
            }
            else
            {
                pacer.EndAt(plan.ArrivalsUntil(owned.From));
            }
        }

        foreach (var (share, (_, from)) in froms.Where(f => f.Value.Owner == worker).OrderBy(f => f.Key))
        {
            _pacers.Add(new ArrivalPacer(plan, new Segment(share, share + 1, of), plan.ArrivalsUntil(from)));
        }

        Settle();
    }

    /// <param name="elapsed">Since the start of the run.</param>
    /// <param name="present">How many users of this worker are there, those on their way out included.</param>
    /// <param name="most">At most as many starts at once; the rest follows with the next step, which goes on where this one stopped.</param>
    /// <param name="start">Receives the id of a user to start, and when it was due.</param>
    /// <param name="drop">Receives the id of a user that cannot start.</param>
    public void Step(TimeSpan elapsed, long present, int most, Action<long, TimeSpan> start, Action<long> drop)
    {
        var due = plan.ArrivalsUntil(elapsed);
        if (due == _due)
        {
            return;
        }

        var room = _mostUsers - present;
        for (var left = _pacers.Count; left > 0; left--)
        {
            if (!_pacers[_at].Step(due, elapsed, ref room, ref most, start, drop))
            {
                return;
            }

            _at = (_at + 1) % _pacers.Count;
        }

        _due = due;
        if (_pacers.Exists(p => p.HasEnded))
        {
            Settle();
        }
    }

    private void Settle()
    {
        _pacers.RemoveAll(p => p.HasEnded);
        _mostUsers = _pacers.Select(p => p.Segment).Distinct().Sum(s => s.ShareOf(plan.MaxUsers));
        (_at, _due) = (0, -1);
    }
}
