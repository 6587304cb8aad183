namespace ActorLoad.Host.Cli;

/// <summary>What was asked for cannot be started; the message is one sentence for the user. Exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
