namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>
/// Turns a raw object into plain nodes: looks substitutions up (in the file first, then in the environment), joins parts and
/// folds the definitions of each key. What came from the environment is marked as secret.
/// </summary>
internal sealed class HoconResolver(
    RawObject root,
    Func<string, string?> environment,
    Action<HoconPosition, IReadOnlyList<string>, string> report)
{
    /// <summary>Nesting and chains of substitutions together; deeper ones would run out of stack.</summary>
    private const int MaxDepth = 200;

    private readonly HashSet<string> _usedRoots = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>Keys of the root that some substitution has looked at.</summary>
    public IReadOnlySet<string> UsedRoots => _usedRoots;

    public HoconObject Resolve(HoconPosition at) => Resolve(root, at, []);

    private HoconObject Resolve(RawObject raw, HoconPosition at, IReadOnlyList<string> path)
    {
        var result = new HoconObject(at);
        foreach (var key in raw.Keys)
        {
            if (Fold(raw[key]!, [.. path, key]) is { } value)
            {
                result.Set(key, value);
            }
        }

        return result;
    }

    private HoconNode? Fold(RawField field, IReadOnlyList<string> path)
    {
        if (field.State == ResolutionState.Done)
        {
            return field.Value;
        }

        if (++_depth > MaxDepth)
        {
            throw new HoconException(field.Definitions[0].At, $"substitutions lead from one to the next more than {MaxDepth} times");
        }

        field.State = ResolutionState.InProgress;
        foreach (var definition in field.Definitions)
        {
            field.Current = definition;
            var (found, value) = Resolve(definition, path);
            if (found)
            {
                field.Value = definition.Append ? Appended(field.Value, value, definition.At, path) : Over(field.Value, value);
            }
        }

        _depth--;
        field.State = ResolutionState.Done;
        return field.Value;
    }

    private static HoconNode? Over(HoconNode? before, HoconNode? value) =>
        before is HoconObject mine && value is HoconObject over ? mine.MergedWith(over) : value;

    private HoconNode? Appended(HoconNode? before, HoconNode? value, HoconPosition at, IReadOnlyList<string> path)
    {
        switch (before, value)
        {
            case (_, null or HoconBroken):
                return value ?? before;
            case (null, _):
                return new HoconArray(at, [value]);
            case (HoconArray list, _):
                return new HoconArray(at, [.. list.Items, value]);
            default:
                report(at, path, $"'+=' adds to a list, not to {Kind(before)}");
                return new HoconBroken(at);
        }
    }

    /// <summary>Not found = an optional substitution alone that has no value; found and null = the field is taken away.</summary>
    private (bool Found, HoconNode? Value) Resolve(RawValue raw, IReadOnlyList<string> path)
    {
        if (raw.Parts is [RawText { Quoted: false, Text: "null" }])
        {
            return (true, null);
        }

        HoconNode? joined = null;
        var blanks = "";
        foreach (var part in raw.Parts)
        {
            if (part is RawBlank blank)
            {
                blanks += blank.Text;
                continue;
            }

            if (Resolve(part, raw.At, path) is not { } value)
            {
                continue;
            }

            if (joined is HoconScalar text && value is HoconScalar && blanks.Length > 0)
            {
                joined = new HoconScalar(text.At, text.Text + blanks, text.Secret);
            }

            joined = joined is null ? value : Join(joined, value, raw.At, path);
            blanks = "";
        }

        return (joined is not null, joined);
    }

    private HoconNode Join(HoconNode left, HoconNode right, HoconPosition at, IReadOnlyList<string> path)
    {
        switch (left, right)
        {
            case (HoconBroken, _) or (_, HoconBroken):
                return new HoconBroken(at);
            case (HoconScalar a, HoconScalar b):
                return new HoconScalar(at, a.Text + b.Text, a.Secret || b.Secret);
            case (HoconArray a, HoconArray b):
                return new HoconArray(at, [.. a.Items, .. b.Items]);
            case (HoconObject a, HoconObject b):
                return a.MergedWith(b);
            default:
                report(at, path, $"cannot join {Kind(left)} and {Kind(right)} into one value");
                return new HoconBroken(at);
        }
    }

    private HoconNode? Resolve(RawPart part, HoconPosition at, IReadOnlyList<string> path)
    {
        switch (part)
        {
            case RawText text:
                return new HoconScalar(at, text.Text, false);
            case RawNested nested:
                return Resolve(nested.Object, at, path);
            case RawArray array:
                var items = array.Items.Select((item, i) => Resolve(item, Indexed(path, i)).Value);
                return new HoconArray(at, [.. items.OfType<HoconNode>()]);
            case RawSubstitution substitution:
                return LookUp(substitution, at, path);
            default:
                throw new InvalidOperationException($"a part of type {part.GetType().Name} has no meaning");
        }
    }

    private HoconNode? LookUp(RawSubstitution wanted, HoconPosition at, IReadOnlyList<string> path)
    {
        var value = (wanted.Prefix.Count > 0 ? LookUp(root, [.. wanted.Prefix, .. wanted.Path], 0) : null)
            ?? LookUp(root, wanted.Path, 0);
        if (value is not null)
        {
            // A mistake in a text is seen where the text is used.
            return value is HoconScalar s ? new HoconScalar(at, s.Text, s.Secret) : value;
        }

        if (environment(wanted.Text) is { } text)
        {
            return new HoconScalar(at, text, true);
        }

        if (wanted.Optional)
        {
            return null;
        }

        report(wanted.At, path, $"${{{wanted.Text}}} is defined neither in the file nor as an environment variable");
        return new HoconBroken(wanted.At);
    }

    private HoconNode? LookUp(RawObject raw, IReadOnlyList<string> path, int depth)
    {
        if (depth == 0)
        {
            _usedRoots.Add(path[0]);
        }

        if (raw[path[depth]] is not { } field)
        {
            return null;
        }

        if (depth + 1 == path.Count)
        {
            return field.State == ResolutionState.InProgress ? field.Value : Fold(field, path);
        }

        if (field.Definitions is [{ AsObject: { } only }])
        {
            return LookUp(only, path, depth + 1);
        }

        if (field.State != ResolutionState.InProgress)
        {
            return Descend(Fold(field, [.. path.Take(depth + 1)]), path, depth + 1);
        }

        // A field that refers into itself sees the definition in hand, then what came before it.
        return (field.Current?.AsObject is { } current ? LookUp(current, path, depth + 1) : null)
            ?? Descend(field.Value, path, depth + 1);
    }

    private static HoconNode? Descend(HoconNode? node, IReadOnlyList<string> path, int depth)
    {
        for (; depth < path.Count && node is not null; depth++)
        {
            node = (node as HoconObject)?[path[depth]];
        }

        return node;
    }

    private static string[] Indexed(IReadOnlyList<string> path, int index) =>
        path.Count == 0 ? [$"[{index}]"] : [.. path.SkipLast(1), $"{path[^1]}[{index}]"];

    private static string Kind(HoconNode node) => node switch
    {
        HoconScalar => "a text",
        HoconArray => "a list",
        _ => "an object",
    };
}
