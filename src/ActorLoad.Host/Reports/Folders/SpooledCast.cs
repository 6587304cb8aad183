using ActorLoad.Actors.Stats;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>Whose records of a run are here, and whose are not.</summary>
/// <param name="roster">Null when it is not known who else took part.</param>
internal sealed class SpooledCast(Roster? roster, IReadOnlyList<SpooledRecord> records)
{
    private readonly WorkerId[] _here = [.. records.Select(r => r.Worker).Distinct()];

    /// <summary>The nodes whose records are here.</summary>
    public IReadOnlyList<string> Nodes { get; } = [.. records.Select(r => r.Worker).Distinct().Select(w => NodeOf(roster, w)).Distinct()];

    /// <summary>The records of all workers are here, each without a hole from its first window on.</summary>
    public bool IsComplete => roster is not null && !Absent.Any() && records.All(r => MissingOf(r) == 0 && !r.Spool.IsCut);

    /// <summary>One sentence for the head of the report.</summary>
    public string Reason
    {
        get
        {
            var seconds = Humanize.Plural(records.SelectMany(r => r.Spool.Numbers).Distinct().Count(), "second");
            var workers = roster is null || roster.Workers.Length == _here.Length
                ? Humanize.Plural(_here.Length, "worker")
                : $"{_here.Length} of {Humanize.Plural(roster.Workers.Length, "worker")}";
            return $"no coordinator took this run to its end (unless it is still going on): this is what {workers} kept of it, {seconds}, on {Named(_here)}";
        }
    }

    private IEnumerable<WorkerId> Absent => (roster?.Workers ?? []).Select(w => w.Worker).Except(_here);

    public IEnumerable<string> Doubts()
    {
        yield return "the run has no report: its last seconds may be missing";
        if (roster is null)
        {
            yield return $"no {SpoolFiles.RunSuffix} file says what the run was: its scenario, thresholds and other workers are not known";
        }
        else if (!IsComplete)
        {
            yield return "thresholds are not judged, because something is missing";
        }

        if (Absent.ToArray() is { Length: > 0 } absent)
        {
            yield return $"what the {(absent.Length == 1 ? "worker" : "workers")} on {Named(absent)} measured is missing";
        }

        foreach (var record in records)
        {
            if (MissingOf(record) is > 0 and var missing)
            {
                yield return $"{Humanize.Plural(missing, "second")} of the worker on {Named([record.Worker])} {(missing == 1 ? "is" : "are")} missing";
            }

            if (record.Spool.IsCut)
            {
                yield return $"the record of the worker on {Named([record.Worker])} cannot be read to its end";
            }
        }
    }

    private int MissingOf(SpooledRecord record) =>
        record.Missing + Math.Max(0, record.First!.Number - (roster?.EntryOf(record.Worker)?.FirstWindow ?? 0));

    private string Named(IReadOnlyList<WorkerId> workers) =>
        string.Join(", ", workers.Take(10).Select(w => SafeText.Clean(NodeOf(roster, w), SafeText.MaxEventName))) + (workers.Count > 10 ? ", …" : "");

    private static string NodeOf(Roster? roster, WorkerId worker) => roster?.EntryOf(worker)?.Node ?? worker.Value;
}
