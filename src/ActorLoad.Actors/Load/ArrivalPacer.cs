using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Actors.Load;

/// <summary>
/// Walks an open plan for one segment: which users arrive now. A user's id is the index of its arrival, and an arrival is dealt
/// to the segment that owns its id. What cannot start is dropped, never put off: because as many users are there as the
/// plan allows, or because the worker looks more than <see cref="LatestStart"/> after the arrival was due. Plain logic.
/// </summary>
public sealed class ArrivalPacer(LoadPlan plan, Segment segment)
{
    /// <summary>An arrival that is overdue by more is dropped: starting it now would no longer be the plan's load.</summary>
    public static readonly TimeSpan LatestStart = TimeSpan.FromSeconds(1);

    private readonly long _mostUsers = segment.ShareOf(plan.MaxUsers);
    private long _next;

    /// <param name="elapsed">Since the start of the run.</param>
    /// <param name="present">How many users of this segment are there, those on their way out included.</param>
    /// <param name="most">At most as many starts at once; the rest follows with the next step.</param>
    /// <param name="start">Receives the id of a user to start, and when it was due.</param>
    /// <param name="drop">Receives the id of a user that cannot start.</param>
    public void Step(TimeSpan elapsed, long present, int most, Action<long, TimeSpan> start, Action<long> drop)
    {
        var due = segment.ShareOf(plan.ArrivalsUntil(elapsed));
        while (_next < due && most > 0)
        {
            var id = segment.UserIdAt(_next++);
            var dueAt = plan.ArrivalDueAt(id) ?? plan.Duration;
            if (present >= _mostUsers || elapsed - dueAt > LatestStart)
            {
                drop(id);
                continue;
            }

            start(id, dueAt);
            present++;
            most--;
        }
    }
}
