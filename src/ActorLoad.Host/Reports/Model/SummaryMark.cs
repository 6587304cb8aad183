using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>Something that happened to the generator while the run was on, and may explain a dip.</summary>
/// <param name="At">Seconds from the start of the run, at most 3 decimals.</param>
/// <param name="Kind">In JSON <c>worker-joined</c>, <c>worker-left</c>, <c>worker-lost</c>, <c>shares-moved</c>, <c>coordinator-moved</c>.</param>
/// <param name="Node">The node that it happened to.</param>
public sealed record SummaryMark(double At, RunMarkKind Kind, string Node)
{
    public static SummaryMark From(RunMark mark) =>
        new(Math.Round(mark.At.TotalSeconds, 3), mark.Kind, SafeText.Clean(mark.Node, SafeText.MaxEventName));
}
