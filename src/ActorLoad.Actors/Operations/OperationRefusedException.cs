namespace ActorLoad.Actors.Operations;

/// <summary>An operation that cannot be done as asked; the message is one sentence for the operator. Nothing has changed.</summary>
public sealed class OperationRefusedException(string message) : Exception(message);
