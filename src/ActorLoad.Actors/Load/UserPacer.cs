using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Actors.Load;

/// <summary>
/// Walks a closed plan for one segment: which users start and stop now. Users start in the order of their places and stop in
/// the reverse order; the target is always computed from the start of the run, so a late tick loses nothing. Plain logic.
/// </summary>
/// <param name="places">Who stands where; null = the segment's n-th user at place n, for good.</param>
public sealed class UserPacer(Segment segment, UserPlaces? places = null)
{
    private long _wanted;

    /// <summary>How many users of this segment shall be active by the last step.</summary>
    public long Wanted => _wanted;

    /// <summary>Whether this user of the segment shall be active by the last step.</summary>
    public bool Wants(long userId) => (places is null ? segment.IndexOf(userId) : places.PlaceOf(userId)) < _wanted;

    /// <summary>Whether a step towards this target would change nothing.</summary>
    public bool IsAt(int target) => _wanted == segment.ShareOf(target);

    /// <param name="target">How many users the whole plan wants now.</param>
    /// <param name="most">At most as many changes at once; the rest follows with the next step.</param>
    /// <param name="start">Receives the ids of users to start.</param>
    /// <param name="stop">Receives the ids of users to stop.</param>
    /// <returns>How many changes that made.</returns>
    public int Step(int target, int most, Action<long> start, Action<long> stop)
    {
        var share = segment.ShareOf(target);
        var left = most;
        for (; _wanted < share && left > 0; left--)
        {
            var place = _wanted++;
            start(places?.Take(place) ?? segment.UserIdAt(place));
        }

        for (; _wanted > share && left > 0; left--)
        {
            var place = --_wanted;
            stop(places?.HolderOf(place) ?? segment.UserIdAt(place));
        }

        return most - left;
    }

    /// <summary>A user has left by itself.</summary>
    /// <returns>The id of the user that takes its place; null when the plan does not want one there.</returns>
    public long? Replace(long userId) =>
        places is not null && places.PlaceOf(userId) is { } place && place < _wanted ? places.Renew(place) : null;
}
