namespace ActorLoad.Messages.Wire;

/// <summary>A codec of two functions.</summary>
internal sealed class ScalarCodec<T>(Action<WireWriter, T> write, ScalarCodec<T>.Reading read) : IWireCodec
{
    public delegate T? Reading(ref WireReader reader);

    public void Write(WireWriter writer, object? value)
    {
        if (value is null)
        {
            writer.Null();
        }
        else
        {
            write(writer, (T)value);
        }
    }

    public object? Read(ref WireReader reader) => read(ref reader);
}
