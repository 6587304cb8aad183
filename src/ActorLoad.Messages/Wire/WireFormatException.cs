namespace ActorLoad.Messages.Wire;

/// <summary>Bytes that are no message of this protocol: cut short, out of bounds, or with a value that its type refuses.</summary>
public sealed class WireFormatException(string message, Exception? inner = null) : Exception(message, inner);
