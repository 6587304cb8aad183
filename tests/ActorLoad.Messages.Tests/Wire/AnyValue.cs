using System.Collections;
using System.Reflection;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Tests.Wire;

/// <summary>Makes any value of any type that messages are made of, every field set, and compares two of them field by field.</summary>
internal sealed class AnyValue(int seed)
{
    private static readonly string[] Texts = ["", "a", "main", "/api/events", "ünï 漢 \u0000", "{{user.id}}", "***", new('x', 300)];

    private readonly Random _random = new(seed);
    private int _depth;

    public object? Of(Type type, bool mayBeNull = false)
    {
        if (mayBeNull && _random.Next(3) == 0)
        {
            return null;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return _random.Next(3) == 0 ? null : Of(value);
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(_random.Next(values.Length));
        }

        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            return Enumerable.Range(0, _random.Next(4)).ToDictionary(i => $"{i}{Text()}", _ => Text());
        }

        if (type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)))
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
            var list = Array.CreateInstance(element, _depth > 4 ? 0 : _random.Next(4));
            for (var i = 0; i < list.Length; i++)
            {
                list.SetValue(Of(element), i);
            }

            return list;
        }

        return type.Name switch
        {
            nameof(Boolean) => _random.Next(2) == 0,
            nameof(Byte) => (byte)_random.Next(256),
            nameof(Int32) => _random.Next(int.MinValue, int.MaxValue),
            nameof(Int64) => _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64),
            nameof(UInt64) => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
            nameof(Double) => _random.NextDouble() * 1e6,
            nameof(String) => Text(),
            nameof(TimeSpan) => new TimeSpan(_random.NextInt64(0, TimeSpan.TicksPerDay)),
            nameof(DateTimeOffset) => new DateTimeOffset(_random.NextInt64(0, DateTime.MaxValue.Ticks), TimeSpan.Zero),
            nameof(Uri) => new Uri($"http://127.0.0.1:{_random.Next(1, 65536)}/x?y={_random.Next()}"),
            nameof(Template) => AnyTemplate(),
            nameof(RunId) => new RunId($"run-{_random.Next()}"),
            nameof(Segment) => new Segment(1, 3, 7),
            nameof(Step) => Of(StepTypes[_random.Next(StepTypes.Length)]),
            _ => Record(type),
        };
    }

    public static Type[] StepTypes { get; } =
        [.. typeof(Step).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Step))).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <returns>The path of the first difference, or null.</returns>
    public static string? Difference(object? a, object? b, string path = "")
    {
        if (a is IReadOnlyDictionary<string, string> pairs && b is IReadOnlyDictionary<string, string> others)
        {
            return pairs.OrderBy(p => p.Key).SequenceEqual(others.OrderBy(p => p.Key)) ? null : path;
        }

        if (a is IEnumerable and not string && b is IEnumerable)
        {
            var (one, two) = (((IEnumerable)a).Cast<object?>().ToList(), ((IEnumerable)b).Cast<object?>().ToList());
            return one.Count != two.Count
                ? $"{path}: {one.Count} / {two.Count} elements"
                : one.Select((x, i) => Difference(x, two[i], $"{path}[{i}]")).FirstOrDefault(x => x is not null);
        }

        if (a is null || b is null || a.GetType() != b.GetType())
        {
            return Equals(a, b) ? null : $"{path}: {a ?? "null"} / {b ?? "null"}";
        }

        if (a is Template t)
        {
            var u = (Template)b;
            return t.Source == u.Source && t.IsSecret == u.IsSecret && t.IsLiteral == u.IsLiteral ? null : path;
        }

        var type = a.GetType();
        return type.Namespace!.StartsWith("ActorLoad", StringComparison.Ordinal) && !type.IsEnum
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(p => Difference(p.GetValue(a), p.GetValue(b), $"{path}.{p.Name}"))
                .FirstOrDefault(x => x is not null)
            : Equals(a, b) ? null : $"{path}: {a} / {b}";
    }

    private object Record(Type type)
    {
        _depth++;
        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors()
            .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(c => c.GetParameters().Length)!;
        var made = constructor.Invoke(
            [.. constructor.GetParameters().Select(p => Of(p.ParameterType, nullability.Create(p).ReadState == NullabilityState.Nullable))]);
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null))
        {
            property.SetValue(made, Of(property.PropertyType, nullability.Create(property).ReadState == NullabilityState.Nullable));
        }

        _depth--;
        return made;
    }

    private Template AnyTemplate() => _random.Next(3) switch
    {
        0 => Template.Parse("/{{user.id}}/{{env.TOKEN}}", isSecret: false),
        1 => Template.Literal("{{not a field", isSecret: true),
        _ => Template.Literal(Text()),
    };

    private string Text() => Texts[_random.Next(Texts.Length)];
}
