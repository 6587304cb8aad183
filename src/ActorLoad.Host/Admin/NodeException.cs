namespace ActorLoad.Host.Admin;

/// <summary>A node could not be asked, or refused; the message is one sentence for the operator.</summary>
internal sealed class NodeException(string message) : Exception(message);
