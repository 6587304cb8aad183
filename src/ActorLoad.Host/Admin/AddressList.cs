namespace ActorLoad.Host.Admin;

/// <summary>What a change is about: one address, or several for join-seed.</summary>
internal sealed record AddressList(IReadOnlyList<string>? Addresses);
