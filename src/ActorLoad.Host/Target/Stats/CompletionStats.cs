namespace ActorLoad.Host.Target.Stats;

/// <summary>Chat completions that were asked for as one document and as a stream, tokens sent, and streams that came to their marker.</summary>
public sealed record CompletionStats(long Whole, long Streamed, long Tokens, long Done);
