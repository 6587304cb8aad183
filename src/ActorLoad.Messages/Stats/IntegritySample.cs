namespace ActorLoad.Messages.Stats;

/// <summary>One example of an event that was missed, duplicated or reordered.</summary>
/// <param name="UserType">Name of the user's type.</param>
/// <param name="Stream">Name of the stream within the user.</param>
/// <param name="Key">What <c>measure.key</c> gave; empty when the sequence has no keys.</param>
/// <param name="Sequence">The number in question; the first of a gap of several.</param>
/// <param name="AtUnixMs">When it was noticed, on the worker's wall clock.</param>
public sealed record IntegritySample(
    IntegrityKind Kind, string UserType, long UserId, string Stream, string Key, long Sequence, long AtUnixMs);
