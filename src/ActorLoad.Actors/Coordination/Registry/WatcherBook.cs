using ActorLoad.Messages.Identifiers;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination.Registry;

/// <summary>Who wants to be told of which run. Whoever does not say so again is forgotten. Plain logic, bounded memory.</summary>
/// <param name="patience">For so long one word is enough.</param>
internal sealed class WatcherBook(TimeSpan patience)
{
    private const int Most = 1000;

    private readonly Dictionary<(RunId Run, IActorRef Watcher), long> _asked = [];

    /// <param name="now">A time stamp of the monotonic clock.</param>
    public void Add(RunId run, IActorRef watcher, long now)
    {
        if (_asked.Count < Most || _asked.ContainsKey((run, watcher)))
        {
            _asked[(run, watcher)] = now;
        }
    }

    /// <summary>Those who are to be told now, by run.</summary>
    public IReadOnlyList<(RunId Run, IActorRef[] Watchers)> Due(TimeProvider time)
    {
        foreach (var (key, asked) in _asked.ToList())
        {
            if (time.GetElapsedTime(asked) > patience)
            {
                _asked.Remove(key);
            }
        }

        return [.. _asked.Keys.GroupBy(k => k.Run, k => k.Watcher).Select(g => (g.Key, g.ToArray()))];
    }

    public void Forget(RunId run)
    {
        foreach (var key in _asked.Keys.Where(k => k.Run == run).ToList())
        {
            _asked.Remove(key);
        }
    }
}
