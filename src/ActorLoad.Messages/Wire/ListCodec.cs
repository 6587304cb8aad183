namespace ActorLoad.Messages.Wire;

/// <summary>A count and as many elements; read as an array, which is every list type that messages use.</summary>
internal sealed class ListCodec<T>(IWireCodec element, bool elementMayBeNull) : IWireCodec
{
    public void Write(WireWriter writer, object? value)
    {
        if (value is null)
        {
            writer.Null();
            return;
        }

        var list = (IReadOnlyList<T>)value;
        writer.Unsigned((ulong)list.Count + 1);
        for (var i = 0; i < list.Count; i++)
        {
            element.Write(writer, list[i]);
        }
    }

    public object? Read(ref WireReader reader)
    {
        var count = reader.Count();
        if (count < 0)
        {
            return null;
        }

        var items = count == 0 ? [] : new T[count];
        for (var i = 0; i < count; i++)
        {
            var item = element.Read(ref reader);
            if (item is null && !elementMayBeNull)
            {
                throw new WireFormatException($"element {i} of a list of {typeof(T).Name} is null");
            }

            items[i] = (T)item!;
        }

        return items;
    }
}
