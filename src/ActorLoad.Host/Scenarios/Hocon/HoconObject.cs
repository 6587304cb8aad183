namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>Fields in the order in which they were first written.</summary>
public sealed class HoconObject(HoconPosition at) : HoconNode(at)
{
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, HoconNode> _fields = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => _keys;

    public HoconNode? this[string key] => _fields.GetValueOrDefault(key);

    public void Set(string key, HoconNode value)
    {
        if (!_fields.ContainsKey(key))
        {
            _keys.Add(key);
        }

        _fields[key] = value;
    }

    /// <summary>A new object: what <paramref name="over"/> says wins, objects on both sides merge.</summary>
    public HoconObject MergedWith(HoconObject over)
    {
        var merged = new HoconObject(over.At);
        foreach (var key in _keys)
        {
            merged.Set(key, _fields[key]);
        }

        foreach (var key in over._keys)
        {
            merged.Set(key, this[key] is HoconObject mine && over[key] is HoconObject theirs
                ? mine.MergedWith(theirs)
                : over._fields[key]);
        }

        return merged;
    }
}
