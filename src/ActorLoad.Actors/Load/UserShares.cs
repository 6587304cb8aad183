using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Load;

/// <summary>
/// All shares of a closed plan that one worker has. The plan's level is computed once a step, and a step at which nothing is
/// left to do looks at no share. Plain logic.
/// </summary>
/// <param name="of">Into how many shares the plan is cut.</param>
public sealed class UserShares(LoadPlan plan, int of, IReadOnlyList<UserType> types, UserTypePattern pattern)
{
    private readonly UserPacer?[] _pacers = new UserPacer?[of];
    private int[] _held = [];
    private int _at;
    private int _settled;
    private int _target;

    /// <summary>The shares that the worker has, in ascending order.</summary>
    public IReadOnlyList<int> Held => _held;

    /// <summary>How many users shall be active by the last step.</summary>
    public long Wanted => _held.Sum(s => _pacers[s]!.Wanted);

    /// <summary>
    /// From now on this is who has what. Shares that the worker had before go on as they are; in one that somebody else may have
    /// had, users who leave by themselves get new ids.
    /// </summary>
    /// <returns>The shares that the worker does not have any more: their users have to go.</returns>
    public IReadOnlyList<int> Assign(Roster roster, WorkerId worker)
    {
        // Whatever its number is when the run begins at last, the first deal is the first.
        var first = roster.Workers.SelectMany(w => w.Grants).Select(g => g.Epoch).DefaultIfEmpty().Min();
        var held = new SortedSet<int>();
        foreach (var grant in roster.EntryOf(worker)?.Grants ?? [])
        {
            var epoch = grant.Epoch == first && grant.From == TimeSpan.Zero ? 1 : grant.Epoch;
            foreach (var share in grant.Shares)
            {
                held.Add(share);
                _pacers[share] ??= Pacer(share, epoch);
            }
        }

        var taken = _held.Where(s => !held.Contains(s)).ToList();
        foreach (var share in taken)
        {
            _pacers[share] = null;
        }

        _held = [.. held];
        (_at, _settled) = (0, 0);
        return taken;
    }

    /// <summary>Whether this user shall be active by the last step; false when it is of a share that the worker does not have.</summary>
    public bool Wants(long userId) => PacerOf(userId)?.Wants(userId) ?? false;

    /// <summary>A user has left by itself.</summary>
    /// <returns>The id of the user that takes its place; null when the plan does not want one there, or the share is not the worker's.</returns>
    public long? Replace(long userId) => PacerOf(userId)?.Replace(userId);

    /// <param name="elapsed">Since the start of the run.</param>
    /// <param name="most">At most as many changes at once; the rest follows with the next step, which goes on where this one stopped.</param>
    /// <param name="start">Receives the ids of users to start.</param>
    /// <param name="stop">Receives the ids of users to stop.</param>
    public void Step(TimeSpan elapsed, int most, Action<long> start, Action<long> stop)
    {
        var target = plan.TargetUsersAt(elapsed);
        if (target != _target)
        {
            (_target, _settled) = (target, 0);
        }

        while (_settled < _held.Length)
        {
            var pacer = _pacers[_held[_at]]!;
            most -= pacer.Step(target, most, start, stop);
            if (!pacer.IsAt(target))
            {
                return;
            }

            _at = (_at + 1) % _held.Length;
            _settled++;
        }
    }

    private UserPacer Pacer(int share, int epoch)
    {
        var segment = new Segment(share, share + 1, of);
        return new UserPacer(segment, new UserPlaces(plan, segment, types, pattern, epoch));
    }

    private UserPacer? PacerOf(long userId) => _pacers[userId % of];
}
