using System.Text.RegularExpressions;
using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>One <c>--set path=value</c>: changes a value of the resolved scenario before it is read.</summary>
internal static partial class SetOption
{
    /// <summary>The changed scenario; the same one when the option is wrong, which is reported.</summary>
    public static HoconObject Apply(HoconObject scenario, string option, ReadContext context)
    {
        var equals = EqualsSign(option);
        var written = option[..Math.Max(equals, 0)].Trim();
        var at = new HoconPosition($"--set {written}".TrimEnd(), 0);
        var path = written.StartsWith("scenario.", StringComparison.Ordinal) ? written["scenario.".Length..] : written;
        if (equals < 0 || !Whole().IsMatch(path))
        {
            context.Add(at, "", "expected path=value, for example load.stages[0].users=50");
            return scenario;
        }

        try
        {
            var keys = Keys().Matches(path).Select(m => m.Value.Trim('.')).ToList();
            return (HoconObject)With(scenario, keys, 0, Value(option[(equals + 1)..], at), at);
        }
        catch (HoconException e)
        {
            context.Add(at, "scenario." + path, e.Message);
            return scenario;
        }
    }

    private static HoconNode With(HoconNode? node, List<string> keys, int depth, HoconNode value, HoconPosition at)
    {
        if (depth == keys.Count)
        {
            return value;
        }

        var key = keys[depth];
        if (key.StartsWith('['))
        {
            return node is HoconArray list && int.TryParse(key[1..^1], out var index) && index < list.Items.Count
                ? new HoconArray(list.At, [.. list.Items.Select((e, i) => i == index ? With(e, keys, depth + 1, value, at) : e)])
                : throw new HoconException(at, $"there is no list with an element {key} at this path");
        }

        if (node is not (null or HoconObject))
        {
            throw new HoconException(at, $"there is no key '{key}' at this path: what stands there is no object");
        }

        var changed = node is HoconObject known ? known.MergedWith(new HoconObject(known.At)) : new HoconObject(at);
        var name = key.Trim('"');
        changed.Set(name, With(changed[name], keys, depth + 1, value, at));
        return changed;
    }

    /// <summary>HOCON when it looks like it, so that lists can be given; else literally, so that URLs need no quotes.</summary>
    private static HoconNode Value(string text, HoconPosition at)
    {
        if (text.TrimStart() is not ['[' or '{' or '"', ..])
        {
            return new HoconScalar(at, text, false);
        }

        var holder = new RawObject();
        holder.Add(["value"], HoconParser.ParseValue(text, at.File));
        var resolved = new HoconResolver(holder, _ => null, (_, _, problem) => throw new HoconException(at, problem)).Resolve(at);
        return Moved(resolved["value"] ?? throw new HoconException(at, "expected a value"), at);
    }

    /// <summary>Lines within an option mean nothing to anybody.</summary>
    private static HoconNode Moved(HoconNode node, HoconPosition at)
    {
        switch (node)
        {
            case HoconScalar scalar:
                return new HoconScalar(at, scalar.Text, scalar.Secret);
            case HoconArray list:
                return new HoconArray(at, [.. list.Items.Select(i => Moved(i, at))]);
            case HoconObject from:
                var to = new HoconObject(at);
                foreach (var key in from.Keys)
                {
                    to.Set(key, Moved(from[key]!, at));
                }

                return to;
            default:
                return node;
        }
    }

    private static int EqualsSign(string option)
    {
        var quoted = false;
        for (var i = 0; i < option.Length; i++)
        {
            quoted ^= option[i] == '"';
            if (option[i] == '=' && !quoted)
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex("""^("[^"]+"|[^."\[\]\s]+)(\.("[^"]+"|[^."\[\]\s]+)|\[[0-9]{1,6}\])*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex("""\.?"[^"]+"|\[[0-9]+\]|\.?[^."\[\]\s]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
