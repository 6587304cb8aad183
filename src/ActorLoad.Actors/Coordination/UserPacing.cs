using ActorLoad.Actors.Load;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>Tells the parent of all users who comes and goes, after the plan of the run. Used by its worker actor only.</summary>
/// <param name="start">Offset zero of the plan, in timestamp ticks.</param>
internal sealed class UserPacing(WorkerRun run, IActorRef users, long start, TimeProvider time)
{
    private const int MostChangesPerTick = 500;

    private long _present;

    /// <summary>How often to look. Arrivals have a due time each; the scheduler knows no finer steps than ten milliseconds.</summary>
    public TimeSpan Every { get; } = TimeSpan.FromMilliseconds(run.Arrivals is null ? 50 : 10);

    public void Pace(TimeSpan elapsed)
    {
        // No tick follows the one at the end: whoever is due by then and is not dealt with now would be nowhere.
        var ends = elapsed >= run.Scenario.Load.Duration;
        run.Arrivals?.Step(elapsed, _present, ends ? int.MaxValue : MostChangesPerTick, Arrive, Drop);
        if (!ends)
        {
            run.Pacer?.Step(
                elapsed,
                MostChangesPerTick,
                id => users.Tell(new UsersActor.Start(id)),
                id => users.Tell(new UsersActor.Stop(id)));
        }
    }

    /// <summary>A user that had to wait for its predecessor is asked for again while the plan wants it.</summary>
    public void StartAgain(long userId)
    {
        if (run.Pacer is { } pacer && pacer.Wants(userId))
        {
            users.Tell(new UsersActor.Start(userId));
        }
    }

    /// <summary>In the closed model a user that left by itself is replaced, so that the level holds.</summary>
    public void OnGone(UsersActor.Gone gone)
    {
        _present--;
        if (gone.ByItself && run.Pacer?.Replace(gone.UserId) is { } successor)
        {
            users.Tell(new UsersActor.Start(successor));
        }
    }

    private void Arrive(long userId, TimeSpan dueAt)
    {
        _present++;
        users.Tell(new UsersActor.Start(userId, start + (long)(dueAt.TotalSeconds * time.TimestampFrequency)));
    }

    private void Drop(long userId) => run.ProfileOf(userId).Recorder.Count(Counter.ArrivalsDropped);
}
