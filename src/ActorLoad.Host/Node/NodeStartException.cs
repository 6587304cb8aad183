namespace ActorLoad.Host.Node;

/// <summary>A node's options are right, and this machine has not what they name: one sentence for whoever started it. Exit code 1.</summary>
internal sealed class NodeStartException(string message, Exception inner) : Exception(message, inner);
