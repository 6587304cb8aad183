using ActorLoad.Actors.Load;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>Tells the parent of all users who comes and goes, after the plan of the run and the worker's shares of it. Used by its worker actor only.</summary>
internal sealed class UserPacing
{
    private const int MostChangesPerTick = 500;

    private readonly WorkerRun _run;
    private readonly WorkerId _worker;
    private readonly IActorRef _users;
    private readonly long _start;
    private readonly TimeProvider _time;
    private readonly UserShares? _closed;
    private readonly ArrivalShares? _open;

    private long _present;

    /// <param name="start">Offset zero of the plan, in timestamp ticks.</param>
    public UserPacing(WorkerRun run, WorkerId worker, IActorRef users, long start, TimeProvider time)
    {
        (_run, _worker, _users, _start, _time) = (run, worker, users, start, time);
        var (scenario, of) = (run.Scenario, run.Roster.Of);
        if (scenario.Load.Model == LoadModel.Open)
        {
            _open = new ArrivalShares(scenario.Load, of);
        }
        else
        {
            _closed = new UserShares(scenario.Load, of, scenario.UserTypes, run.Pattern);
        }

        Assign(run.Roster);
    }

    /// <summary>How often to look. Arrivals have a due time each; the scheduler knows no finer steps than ten milliseconds.</summary>
    public TimeSpan Every => TimeSpan.FromMilliseconds(_open is null ? 50 : 10);

    /// <summary>No share is left, and no arrival of one that went away is to come.</summary>
    public bool IsEmpty => _open?.IsEmpty ?? _closed!.Held.Count == 0;

    /// <summary>From now on this is who has what.</summary>
    /// <returns>Whether users have to go, because their shares have gone away; <see cref="UsersActor.Released"/> tells when they have.</returns>
    public bool Assign(Roster roster)
    {
        _open?.Assign(roster, _worker);
        var taken = _closed?.Assign(roster, _worker);
        if (taken is not { Count: > 0 })
        {
            return false;
        }

        _users.Tell(new UsersActor.Release(roster.Epoch, roster.Of, taken.ToHashSet()));
        return true;
    }

    public void Pace(TimeSpan elapsed)
    {
        // No tick follows the one at the end: whoever is due by then and is not dealt with now would be nowhere.
        var ends = elapsed >= _run.Scenario.Load.Duration;
        _open?.Step(elapsed, _present, ends ? int.MaxValue : MostChangesPerTick, Arrive, Drop);
        if (!ends)
        {
            _closed?.Step(
                elapsed,
                MostChangesPerTick,
                id => _users.Tell(new UsersActor.Start(id)),
                id => _users.Tell(new UsersActor.Stop(id)));
        }
    }

    /// <summary>A user that had to wait for its predecessor is asked for again while the plan wants it.</summary>
    public void StartAgain(long userId)
    {
        if (_closed is not null && _closed.Wants(userId))
        {
            _users.Tell(new UsersActor.Start(userId));
        }
    }

    /// <summary>In the closed model a user that left by itself is replaced, so that the level holds.</summary>
    public void OnGone(UsersActor.Gone gone)
    {
        _present--;
        if (gone.ByItself && _closed?.Replace(gone.UserId) is { } successor)
        {
            _users.Tell(new UsersActor.Start(successor));
        }
    }

    private void Arrive(long userId, TimeSpan dueAt)
    {
        _present++;
        _users.Tell(new UsersActor.Start(userId, _start + (long)(dueAt.TotalSeconds * _time.TimestampFrequency)));
    }

    private void Drop(long userId) => _run.ProfileOf(userId).Recorder.Count(Counter.ArrivalsDropped);
}
