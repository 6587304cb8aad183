using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Stats;
using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>
/// Puts together what workers kept of a run for a coordinator that did not come back: the folder <c>SPOOL/RUN</c> of one machine, or the
/// files of several machines in one folder. Every window in it counts once; thresholds are judged only when the records of all workers
/// are here from beginning to end.
/// </summary>
public static class SpooledRun
{
    /// <summary>The folder holds what a worker kept.</summary>
    /// <exception cref="RunFolderException">It cannot be read.</exception>
    public static bool IsAt(string folder)
    {
        try
        {
            return Names(folder, SpoolFiles.WindowsSuffix).Any() || Names(folder, SpoolFiles.RunSuffix).Any();
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Where to look instead, when this is the spool of several runs; else empty. What cannot be read is passed over.</summary>
    public static string Hint(string folder)
    {
        var runs = Directory.EnumerateDirectories(folder).Where(IsReadable).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).ToList();
        return runs.Count == 0 ? "" : $"; the records of {(runs.Count == 1 ? "a run are" : "runs are")} in {string.Join(", ", runs.Take(5))} below it";
    }

    /// <exception cref="RunFolderException">There is no window that can be read, or they are of more than one run.</exception>
    public static Summary Rebuild(string folder)
    {
        var records = new List<SpooledRecord>();
        try
        {
            var descriptions = Names(folder, SpoolFiles.RunSuffix).Select(SpoolFiles.ReadRun).OfType<WorkerProtocol.RunDescription>().ToList();
            foreach (var path in Names(folder, SpoolFiles.WindowsSuffix))
            {
                records.Add(new SpooledRecord(WindowSpool.OpenForReading(path)));
            }

            return Rebuild(folder, descriptions, [.. records.Where(r => r.First is not null)]);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{folder} cannot be read: {e.Message}", e);
        }
        finally
        {
            records.ForEach(r => r.Spool.Dispose());
        }
    }

    private static Summary Rebuild(string folder, List<WorkerProtocol.RunDescription> descriptions, List<SpooledRecord> records)
    {
        if (records.Count == 0)
        {
            throw new RunFolderException($"{folder} holds no second that a worker has measured and this version of actorload can read");
        }

        RunId[] runs = [.. descriptions.Select(d => d.Order.Run).Concat(records.Select(r => r.First!.Run)).Distinct()];
        if (runs is not [var run])
        {
            throw new RunFolderException($"{folder} holds records of more than one run: {string.Join(", ", runs)}");
        }

        // The one that heard last of the others knows best who they are.
        var description = descriptions.MaxBy(d => d.Roster.Epoch);
        var cast = new SpooledCast(description?.Roster, records);
        var scenario = description?.Order.Scenario ?? Unknown();
        var judge = new GeneratorJudge();
        var startedAt = description?.StartedAt ?? records.Min(r => DateTimeOffset.FromUnixTimeMilliseconds(r.First!.StartUnixMs));
        var (totals, end) = Replay(run, records, startedAt, judge);
        var outcome = new RunOutcome(
            run, StopReason.Interrupted, null, startedAt, end > startedAt ? end - startedAt : TimeSpan.Zero, totals, cast.Nodes)
        {
            Doubts = judge.Doubts,
        };
        var summary = SummaryBuilder.Build(
            outcome, cast.IsComplete ? scenario : scenario with { Thresholds = [] }, [.. cast.Doubts()]);
        return summary with { Run = summary.Run with { Reason = cast.Reason, Trusted = false } };
    }

    private static (StatsTotals Totals, DateTimeOffset End) Replay(
        RunId run, List<SpooledRecord> records, DateTimeOffset startedAt, GeneratorJudge judge)
    {
        var ledger = new WindowLedger(run, []);
        foreach (var worker in records.GroupBy(r => r.Worker))
        {
            ledger.Join(worker.Key, worker.Min(r => r.First!.Number));
            ledger.Drained(worker.Key, worker.Max(r => r.Last));
        }

        // Second by second: of a day without a hole, no more is in memory than of a run that is on.
        var end = 0L;
        foreach (var number in records.SelectMany(r => r.Spool.Numbers).Distinct().Order())
        {
            foreach (var window in records.Select(r => r.Spool.Read(number)).OfType<StatsWindow>())
            {
                end = Math.Max(end, window.StartUnixMs + window.LengthMs);
                ledger.Add(window);
            }

            Close();
        }

        ledger.GiveUp();
        Close();
        return (ledger.Totals, DateTimeOffset.FromUnixTimeMilliseconds(end));

        void Close()
        {
            while (ledger.CloseNext() is { } second)
            {
                var from = second.Start > startedAt ? second.Start - startedAt : TimeSpan.Zero;
                foreach (var (worker, health) in second.Second.Health)
                {
                    judge.Add(worker, from, second.Length, health);
                }
            }
        }
    }

    private static bool IsReadable(string folder)
    {
        try
        {
            return IsAt(folder);
        }
        catch (RunFolderException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Names(string folder, string suffix) =>
        Directory.EnumerateFiles(folder, "*" + suffix).Order(StringComparer.Ordinal);

    private static Scenario Unknown() => new()
    {
        Name = "unknown",
        BaseUrl = new Uri("http://unknown.invalid"),
        Load = LoadPlan.Closed([]),
        UserTypes = [],
    };
}
