namespace ActorLoad.Messages.Wire;

/// <summary>A dictionary of texts, in the order of its keys, so that equal dictionaries give equal bytes.</summary>
internal sealed class PairsCodec : IWireCodec
{
    public void Write(WireWriter writer, object? value)
    {
        if (value is null)
        {
            writer.Null();
            return;
        }

        var pairs = (IReadOnlyDictionary<string, string>)value;
        writer.Unsigned((ulong)pairs.Count + 1);
        foreach (var (key, text) in pairs.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.Text(key);
            writer.Text(text);
        }
    }

    public object? Read(ref WireReader reader)
    {
        var count = reader.Count();
        if (count < 0)
        {
            return null;
        }

        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (reader.Text() is not { } key || reader.Text() is not { } text || !pairs.TryAdd(key, text))
            {
                throw new WireFormatException($"pair {i} of a dictionary has no key, no value or a key that was there before");
            }
        }

        return pairs;
    }
}
