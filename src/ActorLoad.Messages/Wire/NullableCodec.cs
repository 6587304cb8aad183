namespace ActorLoad.Messages.Wire;

/// <summary>A byte, 0 for null, before a value.</summary>
internal sealed class NullableCodec(IWireCodec inner) : IWireCodec
{
    public void Write(WireWriter writer, object? value)
    {
        writer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            inner.Write(writer, value);
        }
    }

    public object? Read(ref WireReader reader) => reader.Byte() switch
    {
        0 => null,
        1 => inner.Read(ref reader),
        var other => throw new WireFormatException($"{other} is neither 0 (nothing) nor 1 (a value)"),
    };
}
