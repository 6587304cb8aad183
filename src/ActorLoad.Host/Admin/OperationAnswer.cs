namespace ActorLoad.Host.Admin;

/// <summary>What a change has set in motion, in one sentence.</summary>
internal sealed record OperationAnswer(string Message);
