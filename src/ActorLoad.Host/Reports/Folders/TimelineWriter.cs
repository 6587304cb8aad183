using System.Text.Json;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>Appends one line of JSON per closed second and hands it to the operating system at once.</summary>
/// <param name="stream">Owned; disposed with the writer.</param>
public sealed class TimelineWriter(Stream stream) : IDisposable
{
    public const string Name = "timeline.jsonl";

    private DateTimeOffset? _start;

    public void Append(RunSecond second)
    {
        _start ??= second.Start;

        // One write a line: a process that dies cannot leave half a line behind unless the disk is full.
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(Line(second, _start.Value), ReportJson.Line), (byte)'\n'];
        stream.Write(line);
        stream.Flush();
    }

    public void Dispose() => stream.Dispose();

    private static TimelineLine Line(RunSecond second, DateTimeOffset start)
    {
        var totals = second.Second;
        return new TimelineLine
        {
            Number = second.Number,
            T = Math.Round((second.Start - start).TotalSeconds, 3),
            StartedAt = second.Start.ToUniversalTime(),
            Length = Math.Round(second.Length.TotalSeconds, 3),
            Run = second.Run.Value,
            Gauges = SummaryBuilder.Gauges(totals.Gauges),
            GaugesMax = SummaryBuilder.Gauges(totals.GaugesMax),
            Counters = SummaryBuilder.Counters(totals.Counters).Where(c => c.Value != 0).ToDictionary(),
            Timings = totals.Timings
                .Where(t => t.Value.TotalCount > 0)
                .OrderBy(t => t.Key)
                .ToDictionary(t => t.Key.Name(), t => TimelineTiming.From(t.Value)),
            Events = SummaryBuilder.Events(totals.Events),
            Failures = SummaryBuilder.Failures(totals.Failures.Values),
            Health = SummaryBuilder.Health(totals.Health),
            Storms = totals.Storms.Count == 0 ? null : [.. totals.Storms.Select(TimelineStorm.From)],
            Marks = second.Marks.Count == 0 ? null : [.. second.Marks.Select(SummaryMark.From)],
        };
    }
}
