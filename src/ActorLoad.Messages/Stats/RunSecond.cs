using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Stats;

/// <summary>One closed second of a run, merged over its workers: a line of the timeline, and what live displays show.</summary>
/// <param name="Number">Counts from 0 without holes.</param>
/// <param name="Second">Only what happened in this second.</param>
public sealed record RunSecond(RunId Run, int Number, DateTimeOffset Start, TimeSpan Length, StatsTotals Second)
{
    /// <summary>What happened to the generator in this second.</summary>
    public IReadOnlyList<RunMark> Marks { get; init; } = [];
}
