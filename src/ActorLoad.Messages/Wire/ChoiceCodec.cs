namespace ActorLoad.Messages.Wire;

/// <summary>One of a closed list of subtypes: its number in the list, then its fields.</summary>
internal sealed class ChoiceCodec : IWireCodec
{
    private readonly Type _base;
    private readonly Dictionary<Type, int> _numbers = [];
    private readonly IReadOnlyList<Type> _types;
    private readonly Func<Type, IWireCodec> _codecOf;

    /// <param name="types">Only ever appended to: a type's place is its number on the wire.</param>
    public ChoiceCodec(Type @base, IReadOnlyList<Type> types, Func<Type, IWireCodec> codecOf)
    {
        (_base, _types, _codecOf) = (@base, types, codecOf);
        for (var i = 0; i < types.Count; i++)
        {
            _numbers.Add(types[i], i);
        }
    }

    public void Write(WireWriter writer, object? value)
    {
        if (!_numbers.TryGetValue(value!.GetType(), out var number))
        {
            throw new InvalidOperationException($"{value.GetType().Name} has no number among the kinds of {_base.Name}");
        }

        writer.Unsigned((ulong)number);
        _codecOf(_types[number]).Write(writer, value);
    }

    public object? Read(ref WireReader reader)
    {
        var number = reader.Unsigned();
        return number < (ulong)_types.Count
            ? _codecOf(_types[(int)number]).Read(ref reader)
            : throw new WireFormatException($"{number} is no kind of {_base.Name}");
    }
}
