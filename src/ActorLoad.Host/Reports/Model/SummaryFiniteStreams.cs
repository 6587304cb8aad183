using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>How fast the finite streams of one user type were: those that end with a done marker, as answers of a language model do.</summary>
public sealed record SummaryFiniteStreams
{
    public long Opened { get; init; }

    public long Completed { get; init; }

    /// <summary>Events per second of all of them together over the whole run, markers left out.</summary>
    public double EventsPerSecond { get; init; }

    /// <summary>Events per second of one stream from its first event on: the rate that half of the completed streams reached. Null without a sample.</summary>
    public double? EventsPerSecondP50 { get; init; }

    /// <summary>The rate that 99 of 100 completed streams reached.</summary>
    public double? EventsPerSecondP99 { get; init; }

    /// <summary>The slowest of all.</summary>
    public double? EventsPerSecondMin { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <returns>Null when the type has none that completed.</returns>
    internal static SummaryFiniteStreams? Of(UserTypeTotals type, TimeSpan duration)
    {
        var finite = type.Streams.Values.Where(s => s[(int)Counter.StreamsCompleted] > 0).ToList();
        if (finite.Count == 0)
        {
            return null;
        }

        var (opened, completed, events) = (Sum(Counter.StreamsOpened), Sum(Counter.StreamsCompleted), Sum(Counter.Events));
        var perEvent = type.Timings.TryGetValue(Timing.TimePerEvent, out var histogram) && histogram.TotalCount > 0
            ? SummaryTiming.From(histogram)
            : null;
        return new SummaryFiniteStreams
        {
            Opened = opened,
            Completed = completed,
            EventsPerSecond = duration > TimeSpan.Zero ? Math.Round((events - completed) / duration.TotalSeconds, 3) : 0,
            EventsPerSecondP50 = Rate(perEvent?.P50),
            EventsPerSecondP99 = Rate(perEvent?.P99),
            EventsPerSecondMin = Rate(perEvent?.Max),
        };

        long Sum(Counter counter) => finite.Sum(s => s[(int)counter]);
    }

    // From the slow end of the bucket: a rate never looks better than it was.
    private static double? Rate(double? milliseconds) => milliseconds is > 0 ? Math.Round(1000 / milliseconds.Value, 3) : null;
}
