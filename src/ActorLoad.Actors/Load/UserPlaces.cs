using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Load;

/// <summary>
/// Who stands at which place of a closed plan. Place n of a segment first belongs to the user with the segment's n-th id. When a
/// user has left by itself its place goes to a new user of the same type, whose id lies beyond all that the plan's own
/// places have: such ids are dealt in the same stripes, so no other segment gives them away, and each epoch in which a segment
/// changes hands has a range of its own, so that none is given twice. Plain logic.
/// </summary>
public sealed class UserPlaces
{
    private const long IdsPerEpoch = 1_000_000_000;

    private readonly Segment _segment;
    private readonly IReadOnlyList<UserType> _types;
    private readonly UserTypePattern _pattern;
    private readonly long[] _nextOfType;
    private readonly Dictionary<long, long> _holders = [];
    private readonly Dictionary<long, long> _places = [];
    private long _taken;

    /// <param name="epoch">Of the roster that gave the segment to this worker; from the second on all places have had users before.</param>
    public UserPlaces(LoadPlan plan, Segment segment, IReadOnlyList<UserType> types, UserTypePattern pattern, int epoch = 1)
    {
        (_segment, _types, _pattern) = (segment, types, pattern);
        _nextOfType = new long[types.Count];
        Array.Fill(_nextOfType, segment.ShareOf(plan.PeakUsers) + ((epoch - 1) * IdsPerEpoch));
        _taken = epoch > 1 ? long.MaxValue : 0;
    }

    /// <summary>The user to start at this place. One whose user may have left by itself gets a new user, every other its old one.</summary>
    public long Take(long place)
    {
        if (place >= _taken)
        {
            _taken = place + 1;
            return HolderOf(place);
        }

        var holder = HolderOf(place);
        return _types[_pattern.TypeOf(holder)].LeavesByItself ? Renew(place) : holder;
    }

    public long HolderOf(long place) => _holders.TryGetValue(place, out var id) ? id : _segment.UserIdAt(place);

    /// <summary>Where this user stands; null when it has been replaced, or is of another segment.</summary>
    public long? PlaceOf(long userId) =>
        _places.TryGetValue(userId, out var place) ? place
        : _segment.IndexOf(userId) is { } own && !_holders.ContainsKey(own) ? own : null;

    /// <summary>Gives the place to a new user of the same type.</summary>
    /// <returns>Its id.</returns>
    public long Renew(long place)
    {
        var old = HolderOf(place);
        var type = _pattern.TypeOf(old);
        var index = _nextOfType[type];
        while (_pattern.TypeOf(_segment.UserIdAt(index)) != type)
        {
            index++;
        }

        _nextOfType[type] = index + 1;
        var id = _segment.UserIdAt(index);
        _places.Remove(old);
        _holders[place] = id;
        _places[id] = place;
        return id;
    }
}
