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
    private readonly Dictionary<int, List<int>> _knownAfter = [];

    private AwaitLayout(IReadOnlyList<Step> steps)
    {
        var point = new Dictionary<string, int>();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is AwaitStep { Done: false } awaited)
            {
                var at = point.GetValueOrDefault(awaited.Stream, Start);
                Add(at, awaited.Stream, i);
                Defer(steps, i, awaited, at);
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

    /// <summary>Indexes of the awaits that need a value which this step extracts; empty for most.</summary>
    public IReadOnlyList<int> KnownAfter(int step) => _knownAfter.TryGetValue(step, out var awaits) ? awaits : [];

    /// <summary>Whether what is awaited at this index is known only once a step behind its arming point has passed.</summary>
    public bool IsDeferred(int index) => _knownAfter.Values.Any(awaits => awaits.Contains(index));

    private static IEnumerable<string> ExtractedBy(Step step) => step switch
    {
        RequestStep request => request.Extract.Select(e => e.Variable),
        ParallelStep parallel => parallel.Branches.SelectMany(b => b).SelectMany(ExtractedBy),
        _ => [],
    };

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

    // A value of an earlier round of the task must not be taken for the one that this round is about to extract.
    private void Defer(IReadOnlyList<Step> steps, int index, AwaitStep awaited, int point)
    {
        var needed = UserTemplates.Of(awaited).SelectMany(t => t.VariableNames).ToHashSet();
        for (var i = index - 1; i > point && needed.Count > 0; i--)
        {
            if (ExtractedBy(steps[i]).Any(needed.Contains))
            {
                if (!_knownAfter.TryGetValue(i, out var awaits))
                {
                    _knownAfter.Add(i, awaits = []);
                }

                awaits.Add(index);
                break;
            }
        }
    }

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
