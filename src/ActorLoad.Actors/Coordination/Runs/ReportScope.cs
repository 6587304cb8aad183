using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Whose windows are all in the report of a run that is over.</summary>
/// <param name="IsWritten">Whether there is a report, and it is complete.</param>
/// <param name="Complete">Workers that have measured nothing that did not come in.</param>
internal sealed record ReportScope(bool IsWritten, IReadOnlySet<WorkerId> Complete)
{
    /// <summary>There is no report.</summary>
    public static readonly ReportScope None = new(false, new HashSet<WorkerId>());

    public bool Has(WorkerId worker) => IsWritten && Complete.Contains(worker);
}
