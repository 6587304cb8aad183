namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>An object as written; repeated keys are kept as definitions of one field.</summary>
internal sealed class RawObject
{
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, RawField> _fields = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => _keys;

    public RawField? this[string key] => _fields.GetValueOrDefault(key);

    /// <summary>Adds a definition; <c>a.b = 1</c> is <c>a { b = 1 }</c>.</summary>
    public void Add(IReadOnlyList<string> path, RawValue value)
    {
        for (var i = path.Count - 1; i > 0; i--)
        {
            var wrapper = new RawObject();
            wrapper.Field(path[i]).Add(value);
            value = new RawValue(value.At, [new RawNested(wrapper)]);
        }

        Field(path[0]).Add(value);
    }

    public void MergeFrom(RawObject other)
    {
        foreach (var key in other._keys)
        {
            foreach (var definition in other._fields[key].Definitions)
            {
                Field(key).Add(definition);
            }
        }
    }

    private RawField Field(string key)
    {
        if (!_fields.TryGetValue(key, out var field))
        {
            _keys.Add(key);
            _fields.Add(key, field = new RawField());
        }

        return field;
    }
}
