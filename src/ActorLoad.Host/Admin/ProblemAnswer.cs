namespace ActorLoad.Host.Admin;

/// <summary>Why a request was refused, in one sentence.</summary>
internal sealed record ProblemAnswer(string Problem);
