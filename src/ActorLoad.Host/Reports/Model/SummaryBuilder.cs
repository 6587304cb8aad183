using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Host.Reports.Model;

/// <summary>Turns what a run measured into its summary: thresholds judged, verdict found, numbers in outward units.</summary>
public static class SummaryBuilder
{
    /// <param name="untrustedReasons">Why the numbers cannot be trusted; none = they can.</param>
    public static Summary Build(RunOutcome outcome, Scenario scenario, IReadOnlyList<string>? untrustedReasons = null)
    {
        var totals = outcome.Totals;
        var thresholds = scenario.Thresholds
            .Select(t => outcome.Abort is { } abort && abort.Threshold == t
                ? new ThresholdResult(t, abort.Value, false, null)
                : ThresholdEvaluator.Evaluate(t, totals, outcome.Duration))
            .ToList();
        var verdict = RunVerdict.Decide(outcome, thresholds);
        List<string> doubts = [.. untrustedReasons ?? [], .. DoubtText.Of(outcome.Doubts, totals.Health.Count > 1)];
        return new Summary
        {
            Run = new SummaryRun
            {
                Id = outcome.Run.Value,
                Scenario = scenario.Name,
                Status = verdict.Status,
                ExitCode = verdict.ExitCode,
                Reason = SafeText.Clean(verdict.Reason, SafeText.MaxSample),
                StartedAt = outcome.StartedAt.ToUniversalTime(),
                DurationSeconds = Math.Round(outcome.Duration.TotalSeconds, 3),
                Trusted = doubts.Count == 0,
                UntrustedReasons = doubts,
                Nodes = outcome.Nodes,
                Clock = SummaryClock.Of(totals),
                Marks = outcome.Marks.Count == 0 ? null : [.. outcome.Marks.Select(SummaryMark.From)],
                WorkerClocks = SummaryWorkerClock.Of(outcome.WorkerClocks),
            },
            Counters = Counters(totals.Counters),
            GaugesMax = Gauges(totals.GaugesMax),
            Timings = Timings(totals.Timings),
            UserTypes = totals.UserTypes.ToDictionary(t => t.Key, t => Of(t.Value, outcome.Duration)),
            Events = Events(totals.Events),
            Failures = Failures(totals.Failures.Values),
            Generator = Health(totals.Health),
            Storms = [.. totals.Storms.OrderBy(s => s.StartUnixMs).Select(SummaryStorm.From)],
            Thresholds = [.. thresholds.Select(t => Of(t) with { Aborted = outcome.Abort?.Threshold == t.Threshold })],
            Integrity = SummaryIntegrity.From(totals.Samples),
        };
    }

    internal static Dictionary<string, long> Counters(long[] counters) =>
        MetricNames.Counters.Zip(counters).ToDictionary(c => c.First, c => c.Second);

    internal static Dictionary<string, long> Gauges(long[] gauges) =>
        MetricNames.Gauges.Zip(gauges).ToDictionary(g => g.First, g => g.Second);

    internal static Dictionary<string, SummaryHealth> Health(IReadOnlyDictionary<string, GeneratorHealth> health) =>
        health.ToDictionary(h => SafeText.Clean(h.Key, SafeText.MaxEventName), h => SummaryHealth.From(h.Value));

    internal static Dictionary<string, SummaryTiming> Timings(IReadOnlyDictionary<Timing, LongHistogram> timings) => timings
        .Where(t => t.Value.TotalCount > 0)
        .OrderBy(t => t.Key)
        .ToDictionary(t => t.Key.Name(), t => SummaryTiming.From(t.Value));

    /// <summary>Names that only differ in what a report cannot show count as one.</summary>
    internal static Dictionary<string, long> Events(IEnumerable<KeyValuePair<string, long>> events)
    {
        var clean = new Dictionary<string, long>();
        foreach (var (name, count) in events)
        {
            var shown = SafeText.Clean(name, SafeText.MaxEventName);
            clean[shown] = clean.GetValueOrDefault(shown) + count;
        }

        return clean;
    }

    internal static List<SummaryFailure> Failures(IEnumerable<FailureCount> failures) =>
    [
        .. failures.Where(f => f.Count > 0).OrderByDescending(f => f.Count).ThenBy(f => f.Where).ThenBy(f => f.Reason).Select(f => new SummaryFailure
        {
            Where = f.Where.Name(),
            Reason = f.Reason.Name(),
            Count = f.Count,
            Sample = SafeText.Clean(f.Sample, SafeText.MaxSample),
        }),
    ];

    private static SummaryUserType Of(UserTypeTotals type, TimeSpan duration) => new()
    {
        Counters = Counters(type.Counters),
        Timings = Timings(type.Timings),
        Streams = type.Streams.ToDictionary(
            s => s.Key,
            IReadOnlyDictionary<string, long> (s) => Counters(s.Value).Where(c => c.Value != 0).ToDictionary()),
        FiniteStreams = SummaryFiniteStreams.Of(type, duration),
        Tasks = type.Tasks.ToDictionary(t => t.Key, t => new SummaryTask
        {
            Passed = t.Value.Passed,
            Failed = t.Value.Failed,
            Interrupted = t.Value.Interrupted,
            Timings = Timings(t.Value.Timings),
        }),
    };

    private static SummaryThreshold Of(ThresholdResult result) => new()
    {
        Metric = result.Threshold.Metric,
        Scope = result.Threshold.Scope is { Length: > 0 } scope ? scope : null,
        Expression = result.Threshold.Expression,
        Value = result.Value is { } value ? Math.Round(value, result.Threshold.Aggregate == "rate" ? 6 : 3) : null,
        Passed = result.Passed,
        Note = result.Note,
    };
}
