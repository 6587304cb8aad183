using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Which streams the steps of one user type open, and which they speak of.</summary>
internal sealed class StreamUses
{
    private readonly List<string> _subscribed = [];
    private readonly List<(string Stream, HoconPosition At, string Path)> _used = [];

    public void Subscribed(string stream) => _subscribed.Add(stream);

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
    }
}
