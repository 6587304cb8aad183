using CsvHelper;

namespace ActorLoad.Host.Reports;

/// <summary>One metric of one scope; the columns in their order. Times are in <see cref="Unit"/>.</summary>
[CsvRecord]
internal sealed partial record MetricRow
{
    /// <summary>Empty = the whole run; otherwise as in thresholds, and <c>users.TYPE.streams.NAME</c>.</summary>
    [CsvColumn("scope")]
    public required string Scope { get; init; }

    [CsvColumn("metric")]
    public required string Metric { get; init; }

    /// <summary>counter, gauge or timing.</summary>
    [CsvColumn("kind")]
    public required string Kind { get; init; }

    [CsvColumn("unit")]
    public string Unit { get; init; } = "";

    [CsvColumn("count")]
    public long? Count { get; init; }

    [CsvColumn("per_second")]
    public double? PerSecond { get; init; }

    /// <summary>0 to 1.</summary>
    [CsvColumn("rate")]
    public double? Rate { get; init; }

    [CsvColumn("min")]
    public double? Min { get; init; }

    [CsvColumn("mean")]
    public double? Mean { get; init; }

    [CsvColumn("p50")]
    public double? P50 { get; init; }

    [CsvColumn("p90")]
    public double? P90 { get; init; }

    [CsvColumn("p95")]
    public double? P95 { get; init; }

    [CsvColumn("p99")]
    public double? P99 { get; init; }

    [CsvColumn("p999")]
    public double? P999 { get; init; }

    /// <summary>Of a gauge, its highest level.</summary>
    [CsvColumn("max")]
    public double? Max { get; init; }
}
