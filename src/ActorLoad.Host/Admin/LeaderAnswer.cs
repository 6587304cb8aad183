namespace ActorLoad.Host.Admin;

/// <summary>Answer of leader; null while there is none.</summary>
internal sealed record LeaderAnswer(string? Leader);
