using System.Linq.Expressions;
using System.Reflection;

namespace ActorLoad.Messages.Wire;

/// <summary>
/// A record's fields one after the other: the parameters of its constructor, then its other settable properties, each in
/// the order in which they are declared. Both sides of a connection have the same protocol version, so fields have no tags.
/// </summary>
internal sealed class RecordCodec : IWireCodec
{
    private readonly Type _type;
    private readonly Field[] _fields;
    private readonly Func<object?[], object> _create;

    /// <exception cref="InvalidOperationException">A constructor parameter has no property, or a property has a type without codec.</exception>
    public RecordCodec(Type type, Func<Type, bool, IWireCodec> codecOf)
    {
        _type = type;
        var nullability = new NullabilityInfoContext();
        var constructor = ConstructorOf(type);
        var parameters = constructor.GetParameters();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is not null && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.MetadataToken)
            .ToList();
        var ofConstructor = parameters
            .Select(p => properties.Find(x => x.Name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidOperationException($"the parameter {p.Name} of {type.Name} has no property"))
            .ToList();
        var others = properties.Where(p => p.SetMethod is not null && !ofConstructor.Contains(p)).ToList();
        _fields = [.. ofConstructor.Concat(others).Select(p =>
        {
            var mayBeNull = nullability.Create(p).ReadState == NullabilityState.Nullable;
            return new Field(p.Name, Getter(p), codecOf(p.PropertyType, mayBeNull), mayBeNull);
        })];
        _create = Factory(constructor, others);
    }

    public void Write(WireWriter writer, object? value)
    {
        foreach (var field in _fields)
        {
            field.Codec.Write(writer, field.Get(value!));
        }
    }

    public object? Read(ref WireReader reader)
    {
        reader.Enter();
        var values = new object?[_fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _fields[i].Codec.Read(ref reader);
            if (values[i] is null && !_fields[i].MayBeNull)
            {
                throw new WireFormatException($"{_type.Name}.{_fields[i].Name} is null");
            }
        }

        reader.Leave();
        try
        {
            return _create(values);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new WireFormatException($"no {_type.Name} has these values: {e.Message}", e);
        }
    }

    // A record's copy constructor takes the record itself.
    private static ConstructorInfo ConstructorOf(Type type) => type
        .GetConstructors(BindingFlags.Public | BindingFlags.Instance)
        .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
        .MaxBy(c => c.GetParameters().Length)
        ?? throw new InvalidOperationException($"{type.Name} has no public constructor");

    private static Func<object, object?> Getter(PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(value, property.DeclaringType!), property), typeof(object)),
            value).Compile();
    }

    private static Func<object?[], object> Factory(ConstructorInfo constructor, List<PropertyInfo> others)
    {
        var values = Expression.Parameter(typeof(object?[]));
        var parameters = constructor.GetParameters();
        Expression At(int i, Type type) => Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), type);
        var created = Expression.New(constructor, parameters.Select((p, i) => At(i, p.ParameterType)));
        var bindings = others.Select((p, i) => Expression.Bind(p.SetMethod!, At(parameters.Length + i, p.PropertyType)));
        return Expression.Lambda<Func<object?[], object>>(
            Expression.Convert(Expression.MemberInit(created, bindings), typeof(object)), values).Compile();
    }

    private sealed record Field(string Name, Func<object, object?> Get, IWireCodec Codec, bool MayBeNull);
}
