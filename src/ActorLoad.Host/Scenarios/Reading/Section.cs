using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>
/// One object of the scenario while it is read. It remembers which keys were asked for, so that <see cref="Close"/> can
/// name the unknown ones. Every method reports what is wrong and goes on with the fallback: all mistakes come out at once.
/// </summary>
internal sealed class Section(HoconObject node, string path, ReadContext context)
{
    private readonly List<string> _known = [];

    public string Path { get; } = path;

    public HoconPosition At => node.At;

    public ReadContext Context { get; } = context;

    public IReadOnlyList<string> Keys => node.Keys;

    public static string Join(string path, string key)
    {
        var plain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return path.Length == 0 ? key : $"{path}.{(plain ? key : $"\"{key}\"")}";
    }

    public string PathOf(string key) => Join(Path, key);

    /// <summary>Whether the key is there, be it usable or not.</summary>
    public bool Has(string key) => node[key] is not null;

    /// <summary>The value of a key; null when it is absent, or broken and reported already.</summary>
    public HoconNode? Take(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return node[key] is { } value and not HoconBroken ? value : null;
    }

    /// <summary>As <see cref="Take"/>, and reports an absent key.</summary>
    public HoconNode? TakeRequired(string key, string expected)
    {
        if (!Has(key))
        {
            Context.Add(At, PathOf(key), $"expected {expected}, found nothing");
        }

        return Take(key);
    }

    public void Mistake(string key, string message) => Context.Add(node[key]?.At ?? At, PathOf(key), message);

    public T Value<T>(string key, ValueKind<T> kind, T fallback) where T : struct =>
        Take(key) is { } value ? ReadValue(value, PathOf(key), kind) ?? fallback : fallback;

    public T? Required<T>(string key, ValueKind<T> kind) where T : struct =>
        TakeRequired(key, kind.Expected) is { } value ? ReadValue(value, PathOf(key), kind) : null;

    /// <summary>A text that is no template.</summary>
    public string Text(string key, string fallback, string expected = "a text") =>
        Take(key) is { } value ? ReadText(value, PathOf(key), expected) ?? fallback : fallback;

    public string? RequiredText(string key, string expected) =>
        TakeRequired(key, expected) is { } value ? ReadText(value, PathOf(key), expected) : null;

    public Template? Template(string key, string expected = "a text") =>
        Take(key) is { } value ? ReadTemplate(value, PathOf(key), expected) : null;

    public Section? Object(string key, string expected = "an object { ... }") =>
        Take(key) is { } value ? ReadObject(value, PathOf(key), expected) : null;

    /// <summary>The elements of a list with their paths; empty when the key is absent.</summary>
    public IEnumerable<(string Path, HoconNode Node)> List(string key, string expected)
    {
        switch (Take(key))
        {
            case null:
                return [];
            case HoconArray list:
                return list.Items.Select((item, i) => ($"{PathOf(key)}[{i}]", item)).Where(e => e.item is not HoconBroken);
            case var other:
                Unexpected(other, PathOf(key), expected);
                return [];
        }
    }

    /// <summary>A list of values; a single one may stand without brackets.</summary>
    public IReadOnlyList<T>? Values<T>(string key, ValueKind<T> kind) where T : struct
    {
        if (Take(key) is not { } value)
        {
            return null;
        }

        var items = value is HoconArray ? List(key, "") : [(PathOf(key), value)];
        return [.. items.Select(i => ReadValue(i.Item2, i.Item1, kind)).OfType<T>()];
    }

    public T? ReadValue<T>(HoconNode value, string path, ValueKind<T> kind) where T : struct
    {
        var parsed = value is HoconScalar scalar ? kind.Parse(scalar.Text.Trim()) : null;
        if (parsed is null)
        {
            Unexpected(value, path, kind.Expected);
        }

        return parsed;
    }

    public string? ReadText(HoconNode value, string path, string expected)
    {
        if (value is not HoconScalar scalar)
        {
            Unexpected(value, path, expected);
            return null;
        }

        if (scalar.Text.Contains("{{", StringComparison.Ordinal))
        {
            Context.Add(value.At, path, "no {{...}} fields are possible here; ${NAME} takes a value from the environment");
            return null;
        }

        if (scalar.Secret && scalar.Text.Length > 0)
        {
            Context.Secrets.Add(scalar.Text);
        }

        return scalar.Text;
    }

    public Template? ReadTemplate(HoconNode value, string path, string expected)
    {
        if (value is HoconScalar scalar)
        {
            return TemplateReader.Read(scalar, path, Context);
        }

        Unexpected(value, path, expected);
        return null;
    }

    public Section? ReadObject(HoconNode value, string path, string expected)
    {
        if (value is HoconObject inner)
        {
            return new Section(inner, path, Context);
        }

        Unexpected(value, path, expected);
        return null;
    }

    public void Unexpected(HoconNode value, string path, string expected)
    {
        var found = value switch
        {
            HoconScalar { Text: "" } => "an empty text",
            HoconScalar scalar => $"'{(scalar.Secret ? "***" : Shortened(scalar.Text))}'",
            HoconArray => "a list",
            _ => "an object",
        };
        Context.Add(value.At, path, $"expected {expected}, found {found}");
    }

    /// <summary>Reports every key that nobody has asked for.</summary>
    public void Close()
    {
        foreach (var key in node.Keys.Except(_known))
        {
            Mistake(key, $"unknown key '{Shortened(key)}'{NearestName.Hint(key, _known)}");
        }
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
