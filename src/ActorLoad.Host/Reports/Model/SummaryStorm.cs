using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>How the streams came back from one reconnect storm. Times are milliseconds from the first loss, null = never reached.</summary>
public sealed record SummaryStorm
{
    public StormCause Cause { get; init; }

    /// <summary>Client: index in the scenario's events-at. Server: counts from 0.</summary>
    public int Number { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Streams open just before.</summary>
    public long StreamsBefore { get; init; }

    /// <summary>Streams that were cut or lost.</summary>
    public long Dropped { get; init; }

    /// <summary>How many of them were open again.</summary>
    public long Back { get; init; }

    /// <summary>How many of them were not until the end of the run.</summary>
    public long NeverBack { get; init; }

    /// <summary>Until half of the dropped streams were open again.</summary>
    public double? BackP50 { get; init; }

    public double? BackP95 { get; init; }

    /// <summary>Until all of them were.</summary>
    public double? BackP100 { get; init; }

    /// <summary>Connection attempts of dropped streams.</summary>
    public long Attempts { get; init; }

    /// <summary>The most attempts within any second.</summary>
    public long PeakAttemptsPerSecond { get; init; }

    /// <summary>The most streams that opened again within any second.</summary>
    public long PeakOpensPerSecond { get; init; }

    /// <summary>Attempts that failed.</summary>
    public long Failures { get; init; }

    public long EventsMissed { get; init; }

    public long EventsReplayed { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    internal static SummaryStorm From(StormTotals storm)
    {
        const long second = 1_000_000;
        return new SummaryStorm
        {
            Cause = storm.Cause,
            Number = storm.Number,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(storm.StartUnixMs),
            StreamsBefore = storm.StreamsBefore,
            Dropped = storm.Dropped,
            Back = storm.Back.Total,
            NeverBack = Math.Max(0, storm.Dropped - storm.Back.Total),
            BackP50 = BackAfter(storm, 50),
            BackP95 = BackAfter(storm, 95),
            BackP100 = BackAfter(storm, 100),
            Attempts = storm.Attempts.Total,
            PeakAttemptsPerSecond = storm.Attempts.MostWithin(second),
            PeakOpensPerSecond = storm.Back.MostWithin(second),
            Failures = storm.Failures,
            EventsMissed = storm.EventsMissed,
            EventsReplayed = storm.EventsReplayed,
        };
    }

    private static double? BackAfter(StormTotals storm, int percent) =>
        storm.Dropped > 0 && storm.Back.ValueOf(((storm.Dropped * percent) + 99) / 100) is { } microseconds
            ? Math.Round(microseconds / 1000.0, 3)
            : null;
}
