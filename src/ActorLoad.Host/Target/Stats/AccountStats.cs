namespace ActorLoad.Host.Target.Stats;

/// <summary>What the clients of one account must have seen, from what was written to each of them over all its connections.</summary>
/// <param name="Streams">Clients.</param>
/// <param name="Complete">Of these, how many came back after their last event, which says that they have read it all.</param>
/// <param name="Events">Written to them, each time it was.</param>
/// <param name="Missed">Events between a client's first and highest that were never written to it.</param>
/// <param name="Duplicated">Events written to a client that had them already.</param>
/// <param name="Reordered">Events written to a client for the first time after a later one.</param>
/// <param name="Faults">Done to them, by kind: skip, repeat, swap, late.</param>
public sealed record AccountStats(
    long Streams, long Complete, long Events, long Missed, long Duplicated, long Reordered, IReadOnlyDictionary<string, long> Faults);
