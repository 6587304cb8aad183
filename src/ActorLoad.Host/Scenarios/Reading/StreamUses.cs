using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Which streams the steps of one user type open, and which they speak of.</summary>
internal sealed class StreamUses
{
    private readonly List<string> _subscribed = [];
    private readonly List<string> _unnumbered = [];
    private readonly List<(string Stream, HoconPosition At, string Path)> _used = [];
    private readonly List<(string Stream, HoconPosition At, string Path)> _completed = [];
    private readonly HashSet<string> _finite = [];
    private readonly List<(string Stream, HoconPosition At, string Path)> _awaitedDone = [];

    public void Subscribed(string stream, StreamSettings settings)
    {
        _subscribed.Add(stream);
        if (settings.Measure.Sequence.Length == 0)
        {
            _unnumbered.Add(stream);
        }
    }

    /// <summary>A step demands that nothing is missed on the stream.</summary>
    public void Completed(string stream, HoconPosition at, string path) => _completed.Add((stream, at, path));

    /// <summary>A subscribe step says how this stream ends.</summary>
    public void Finite(string stream) => _finite.Add(stream);

    /// <summary>A step waits until this stream is done.</summary>
    public void AwaitedDone(string stream, HoconPosition at, string path) => _awaitedDone.Add((stream, at, path));

    public void Used(string stream, HoconPosition at, string path) => _used.Add((stream, at, path));

    public void Check(string userType, ReadContext context)
    {
        foreach (var (stream, at, path) in _used)
        {
            if (!_subscribed.Contains(stream))
            {
                var known = _subscribed.Distinct().ToList();
                context.Add(at, path, $"user type '{userType}' never subscribes to a stream '{stream}'{NearestName.Hint(stream, known)}");
            }
        }

        foreach (var (stream, at, path) in _awaitedDone.Where(a => _subscribed.Contains(a.Stream) && !_finite.Contains(a.Stream)))
        {
            context.Add(at, path, $"the stream '{stream}' is never done: its subscribe step has no until {{ ... }}");
        }

        foreach (var (stream, at, path) in _completed.Where(c => _unnumbered.Contains(c.Stream)))
        {
            context.Add(at, path, $"nothing tells what stream '{stream}' has missed: expected measure.sequence where it is subscribed to");
        }
    }
}
