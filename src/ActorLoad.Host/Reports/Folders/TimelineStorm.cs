using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>What a second added to the account of a storm; the amounts of all seconds add up to the summary's.</summary>
public sealed record TimelineStorm(
    StormCause Cause,
    int Number,
    DateTimeOffset StartedAt,
    long StreamsBefore,
    long Dropped,
    long Back,
    long Attempts,
    long Failures,
    long EventsMissed,
    long EventsReplayed)
{
    internal static TimelineStorm From(StormTotals storm) => new(
        storm.Cause,
        storm.Number,
        DateTimeOffset.FromUnixTimeMilliseconds(storm.StartUnixMs),
        storm.StreamsBefore,
        storm.Dropped,
        storm.Back.Total,
        storm.Attempts.Total,
        storm.Failures,
        storm.EventsMissed,
        storm.EventsReplayed);
}
