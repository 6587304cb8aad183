using System.Collections.Concurrent;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Wire;

/// <summary>The codec of every type that messages are made of; there are no others. Built once per type.</summary>
internal static class WireCodecs
{
    /// <summary>Only ever appended to.</summary>
    private static readonly Type[] Steps =
    [
        typeof(SubscribeStep), typeof(AwaitStep), typeof(ListenStep), typeof(DropStep), typeof(ReconnectStep), typeof(CloseStep),
        typeof(PauseStep), typeof(RequestStep), typeof(ParallelStep), typeof(AbandonStep),
    ];

    private static readonly ConcurrentDictionary<Type, IWireCodec> Known = new()
    {
        [typeof(bool)] = new ScalarCodec<bool>((w, v) => w.Byte(v ? (byte)1 : (byte)0), (ref r) => r.Byte() switch
        {
            0 => false,
            1 => true,
            var other => throw new WireFormatException($"{other} is neither false (0) nor true (1)"),
        }),
        [typeof(int)] = new ScalarCodec<int>((w, v) => w.Signed(v), (ref r) => Narrow(r.Signed())),
        [typeof(long)] = new ScalarCodec<long>((w, v) => w.Signed(v), (ref r) => r.Signed()),
        [typeof(ulong)] = new ScalarCodec<ulong>((w, v) => w.Unsigned(v), (ref r) => r.Unsigned()),
        [typeof(double)] = new ScalarCodec<double>((w, v) => w.Double(v), (ref r) => r.Double()),
        [typeof(string)] = new ScalarCodec<string>((w, v) => w.Text(v), (ref r) => r.Text()),
        [typeof(byte[])] = new ScalarCodec<byte[]>((w, v) => w.Bytes(v), (ref r) => r.Bytes()),
        [typeof(TimeSpan)] = new ScalarCodec<TimeSpan>((w, v) => w.Signed(v.Ticks), (ref r) => new TimeSpan(r.Signed())),
        [typeof(DateTimeOffset)] = new ScalarCodec<DateTimeOffset>((w, v) => w.Signed(v.UtcTicks), (ref r) => Moment(r.Signed())),
        [typeof(Uri)] = new ScalarCodec<Uri>((w, v) => w.Text(v.OriginalString), (ref r) => Url(r.Text())),
        [typeof(Template)] = new ScalarCodec<Template>(TemplateCodec.Write, TemplateCodec.Read),
        [typeof(IReadOnlyDictionary<string, string>)] = new PairsCodec(),
    };

    static WireCodecs() => Known[typeof(Step)] = new ChoiceCodec(typeof(Step), Steps, Of);

    /// <exception cref="InvalidOperationException">The type, or one it is made of, cannot travel.</exception>
    public static IWireCodec Of(Type type) => Known.TryGetValue(type, out var known) ? known : Known.GetOrAdd(type, Create(type));

    // Texts, bytes, lists and dictionaries have a null of their own; everything else that may be null has a byte before it.
    private static IWireCodec Of(Type type, bool mayBeNull)
    {
        var codec = new Late(type);
        return mayBeNull && !HasNull(type) && Nullable.GetUnderlyingType(type) is null ? new NullableCodec(codec) : codec;
    }

    private static bool HasNull(Type type) =>
        type == typeof(string) || type == typeof(byte[]) || ElementOf(type) is not null || type == typeof(IReadOnlyDictionary<string, string>);

    private static IWireCodec Create(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return new NullableCodec(Of(value));
        }

        if (type.IsEnum)
        {
            return new ScalarCodec<object>(
                (w, v) => w.Signed(Convert.ToInt64(v, null)),
                (ref r) => r.Signed() is var n && Enum.ToObject(type, n) is var e && Enum.IsDefined(type, e)
                    ? e
                    : throw new WireFormatException($"{n} is no {type.Name}"));
        }

        if (ElementOf(type) is { } element)
        {
            return (IWireCodec)Activator.CreateInstance(typeof(ListCodec<>).MakeGenericType(element), new Late(element), false)!;
        }

        return type.Assembly == typeof(WireCodecs).Assembly && !type.IsAbstract
            ? new RecordCodec(type, Of)
            : throw new InvalidOperationException($"{type.Name} cannot travel between nodes");
    }

    private static Type? ElementOf(Type type) => type.IsArray
        ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static int Narrow(long value) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new WireFormatException($"{value} is no 32-bit number");

    private static DateTimeOffset Moment(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new WireFormatException($"{ticks} is no moment");

    private static Uri? Url(string? text) => text is null
        ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new WireFormatException("a URL is none");

    // Types refer to each other (a parallel step holds steps): the codec is looked up when it is first used.
    private sealed class Late(Type type) : IWireCodec
    {
        private IWireCodec? _codec;

        public void Write(WireWriter writer, object? value) => (_codec ??= Of(type)).Write(writer, value);

        public object? Read(ref WireReader reader) => (_codec ??= Of(type)).Read(ref reader);
    }
}
