using System.Runtime.CompilerServices;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>
/// Which awaits of a list of steps are armed together, and where. A subscribe, reconnect or listen step on a stream begins
/// a new group of awaits on it, as does the start of the list; drop, close and abandon end one, and what is awaited after them is
/// armed when it is reached. Computed once per list.
/// </summary>
internal sealed class AwaitLayout
{
    /// <summary>The arming point before the first step.</summary>
    public const int Start = -1;

    private static readonly ConditionalWeakTable<IReadOnlyList<Step>, AwaitLayout> Cache = [];

    private readonly Dictionary<(int Point, string Stream), List<int>> _groups = [];
    private readonly Dictionary<int, (int Point, int Position)> _places = [];

    private AwaitLayout(IReadOnlyList<Step> steps)
    {
        var point = new Dictionary<string, int>();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is AwaitStep awaited)
            {
                Add(point.GetValueOrDefault(awaited.Stream, Start), awaited.Stream, i);
            }
            else if (BeginsGroupOn(steps[i]) is { } stream)
            {
                point[stream] = i;
            }
        }

        StartStreams = [.. _groups.Keys.Where(k => k.Point == Start).Select(k => k.Stream)];
    }

    /// <summary>Streams that are awaited before anything else is done to them: somebody else has opened them.</summary>
    public IReadOnlyList<string> StartStreams { get; }

    public static AwaitLayout Of(IReadOnlyList<Step> steps) => Cache.GetValue(steps, static s => new AwaitLayout(s));

    /// <summary>Indexes of the awaits that are armed at this point, in order; empty when there are none.</summary>
    public IReadOnlyList<int> Group(int point, string stream) =>
        _groups.TryGetValue((point, stream), out var group) ? group : [];

    /// <summary>At which point the await at this index is armed, and its place in that group.</summary>
    public (int Point, int Position) PlaceOf(int index) => _places[index];

    private static string? BeginsGroupOn(Step step) => step switch
    {
        SubscribeStep s => s.Stream,
        ReconnectStep s => s.Stream,
        ListenStep s => s.Stream,
        DropStep s => s.Stream,
        CloseStep s => s.Stream,
        AbandonStep s => s.Stream,
        _ => null,
    };

    private void Add(int point, string stream, int index)
    {
        if (!_groups.TryGetValue((point, stream), out var group))
        {
            _groups.Add((point, stream), group = []);
        }

        _places.Add(index, (point, group.Count));
        group.Add(index);
    }
}
