using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Messages.Stats;
using Akka.Configuration;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>
/// Puts together what can be known about a run that never wrote its summary: counters, events, failures and duration from the
/// timeline, timings from the histogram log. User types and thresholds are lost.
/// </summary>
public static class KilledRun
{
    /// <exception cref="RunFolderException">There is no timeline with at least one line either.</exception>
    public static Summary Rebuild(string folder)
    {
        var (lines, damaged) = TimelineReader.Read(Path.Combine(folder, TimelineWriter.Name));
        if (lines.Count == 0)
        {
            throw new RunFolderException($"{folder} holds no summary, and its timeline has no complete second to rebuild one from");
        }

        var duration = lines.Max(l => l.T + l.Length);
        var histograms = Path.Combine(folder, HistogramLog.Name);
        return new Summary
        {
            Run = new SummaryRun
            {
                Id = lines[0].Run,
                Scenario = ScenarioName(Path.Combine(folder, RunFolder.ScenarioName)),
                Status = RunStatus.Interrupted,
                ExitCode = RunVerdict.ExitCodeOf(RunStatus.Interrupted),
                Reason = $"killed: the run wrote no summary (unless it is still going on); this one is rebuilt from {lines.Count} seconds of its timeline",
                StartedAt = lines[0].StartedAt,
                DurationSeconds = Math.Round(duration, 3),
                Trusted = false,
                UntrustedReasons = [.. Doubts(damaged), .. Judged(lines)],
                Marks = lines.SelectMany(l => l.Marks ?? []).ToList() is { Count: > 0 } marks ? marks : null,
                Rebuilt = true,
            },
            Counters = Sum(MetricNames.Counters, lines.Select(l => l.Counters)),
            GaugesMax = MetricNames.Gauges.ToDictionary(g => g, g => lines.Max(l => l.GaugesMax.GetValueOrDefault(g))),
            Timings = File.Exists(histograms) ? SummaryBuilder.Timings(HistogramSums.Read(histograms)) : [],
            Events = Sum([], lines.Select(l => l.Events)),
            Failures = Failures(lines),
            Generator = Generator(lines),
            Storms = Storms(lines),
        };
    }

    private static IEnumerable<string> Doubts(int damaged)
    {
        yield return "the run was killed: its last seconds, its user types and its thresholds are missing";
        if (damaged > 0)
        {
            yield return $"{Humanize.Plural(damaged, "line")} of its timeline could not be read";
        }
    }

    private static IEnumerable<string> Judged(IReadOnlyList<TimelineLine> lines)
    {
        var judge = new GeneratorJudge();
        foreach (var line in lines)
        {
            foreach (var (worker, health) in line.Health)
            {
                judge.Add(worker, TimeSpan.FromSeconds(line.T), TimeSpan.FromSeconds(line.Length), health.ToHealth());
            }
        }

        return DoubtText.Of(judge.Doubts, lines.SelectMany(l => l.Health.Keys).Distinct().Skip(1).Any());
    }

    private static Dictionary<string, SummaryHealth> Generator(IReadOnlyList<TimelineLine> lines) => lines
        .SelectMany(l => l.Health)
        .GroupBy(h => h.Key)
        .ToDictionary(g => g.Key, g => SummaryHealth.From(g.Select(h => h.Value.ToHealth()).Aggregate((a, b) => a.And(b))));

    private static Dictionary<string, long> Sum(IReadOnlyList<string> names, IEnumerable<IReadOnlyDictionary<string, long>> parts)
    {
        var sums = names.ToDictionary(n => n, _ => 0L);
        foreach (var (name, count) in parts.SelectMany(p => p))
        {
            sums[name] = sums.GetValueOrDefault(name) + count;
        }

        return sums;
    }

    private static List<SummaryFailure> Failures(IReadOnlyList<TimelineLine> lines) =>
    [
        .. lines.SelectMany(l => l.Failures)
            .GroupBy(f => (f.Where, f.Reason))
            .Select(g => g.First() with { Count = g.Sum(f => f.Count) })
            .OrderByDescending(f => f.Count),
    ];

    // How fast streams came back was in histograms that died with the run.
    private static List<SummaryStorm> Storms(IReadOnlyList<TimelineLine> lines) =>
    [
        .. lines.SelectMany(l => l.Storms ?? [])
            .GroupBy(s => (s.Cause, s.Number))
            .Select(g => new SummaryStorm
            {
                Cause = g.Key.Cause,
                Number = g.Key.Number,
                StartedAt = g.Min(s => s.StartedAt),
                StreamsBefore = g.Max(s => s.StreamsBefore),
                Dropped = g.Sum(s => s.Dropped),
                Back = g.Sum(s => s.Back),
                NeverBack = Math.Max(0, g.Sum(s => s.Dropped - s.Back)),
                Attempts = g.Sum(s => s.Attempts),
                Failures = g.Sum(s => s.Failures),
                EventsMissed = g.Sum(s => s.EventsMissed),
                EventsReplayed = g.Sum(s => s.EventsReplayed),
            })
            .OrderBy(s => s.StartedAt),
    ];

    private static string ScenarioName(string path)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path)).GetString("scenario.name", "unknown");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The name is a courtesy; a missing or odd scenario file is no reason to keep the numbers from the reader.
            return "unknown";
        }
    }
}
