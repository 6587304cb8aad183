using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Actors.Load;

/// <summary>
/// Walks an open plan for one segment: which users arrive now. A user's id is the index of its arrival, and an arrival is dealt
/// to the segment that owns its id. What cannot start is dropped, never put off: because as many users are there as there may
/// be, or because the worker looks more than <see cref="LatestStart"/> after the arrival was due. Plain logic.
/// </summary>
/// <param name="first">Index of the plan's first arrival that may be this pacer's; those before are somebody else's.</param>
public sealed class ArrivalPacer(LoadPlan plan, Segment segment, long first = 0)
{
    /// <summary>An arrival that is overdue by more is dropped: starting it now would no longer be the plan's load.</summary>
    public static readonly TimeSpan LatestStart = TimeSpan.FromSeconds(1);

    private long _next = segment.ShareOf(first);
    private long _until = long.MaxValue;

    public Segment Segment => segment;

    /// <summary>Somebody else has the segment from some arrival on.</summary>
    public bool Ends => _until != long.MaxValue;

    /// <summary>All arrivals that were its own are dealt with.</summary>
    public bool HasEnded => _next >= _until;

    /// <summary>From this arrival of the plan on they are somebody else's.</summary>
    public void EndAt(long arrival) => _until = Math.Min(_until, segment.ShareOf(arrival));

    /// <param name="due">How many arrivals of the whole plan are due.</param>
    /// <param name="elapsed">Since the start of the run.</param>
    /// <param name="room">How many users more may be there; goes down with every start.</param>
    /// <param name="most">At most as many starts at once; the rest follows with the next step.</param>
    /// <param name="start">Receives the id of a user to start, and when it was due.</param>
    /// <param name="drop">Receives the id of a user that cannot start.</param>
    /// <returns>Whether nothing that is due is left.</returns>
    public bool Step(long due, TimeSpan elapsed, ref long room, ref int most, Action<long, TimeSpan> start, Action<long> drop)
    {
        var until = Math.Min(segment.ShareOf(due), _until);
        while (_next < until)
        {
            if (most <= 0)
            {
                return false;
            }

            var id = segment.UserIdAt(_next++);
            var dueAt = plan.ArrivalDueAt(id) ?? plan.Duration;
            if (room <= 0 || elapsed - dueAt > LatestStart)
            {
                drop(id);
                continue;
            }

            start(id, dueAt);
            room--;
            most--;
        }

        return true;
    }
}
