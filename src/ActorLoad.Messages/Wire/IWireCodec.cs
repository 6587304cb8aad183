namespace ActorLoad.Messages.Wire;

/// <summary>Writes and reads values of one type. Immutable and thread-safe.</summary>
internal interface IWireCodec
{
    /// <param name="value">Of the codec's type; null only where the type allows it.</param>
    void Write(WireWriter writer, object? value);

    /// <exception cref="WireFormatException">The bytes hold no value of the type.</exception>
    object? Read(ref WireReader reader);
}
