namespace ActorLoad.Host.Target.Stats;

/// <summary>Logins that were granted and refused, and how many different users were granted one.</summary>
public sealed record LoginStats(long Granted, long Refused, int Users);
