using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Verdicts;

/// <summary>How a run is judged, the exit code that says so to a script, and one sentence why.</summary>
public sealed record RunVerdict(RunStatus Status, int ExitCode, string Reason)
{
    /// <summary>
    /// The first that applies: it could not go on; somebody interrupted it; a threshold stopped it; no user ever started; nothing ever connected;
    /// users crashed, so that the load was not the plan's; a threshold was crossed; else it passed.
    /// </summary>
    public static RunVerdict Decide(RunOutcome outcome, IReadOnlyList<ThresholdResult> thresholds)
    {
        var totals = outcome.Totals;
        if (outcome.Reason == StopReason.WorkerFailed)
        {
            return Of(RunStatus.Failed, outcome.Problem ?? "it broke, and nobody said why");
        }

        if (outcome.Reason == StopReason.Interrupted)
        {
            var why = outcome.Problem is { } problem ? $" ({problem})" : "";
            return Of(RunStatus.Interrupted, $"interrupted after {Humanize.Duration(outcome.Duration)}{why}; the numbers cover the time until then");
        }

        if (outcome is { Reason: StopReason.ThresholdAborted, Abort: { } abort })
        {
            return Of(
                RunStatus.ThresholdsCrossed,
                $"stopped after {Humanize.Duration(abort.At)}: the threshold {abort.Threshold.Name} '{abort.Threshold.Expression}' did not hold ({Value(abort.Threshold, abort.Value)})");
        }

        if (totals[Counter.UsersStarted] == 0)
        {
            return Of(RunStatus.Failed, "no user ever started");
        }

        if (totals[Counter.ConnectsAttempted] > 0 && totals[Counter.ConnectsOpened] == 0)
        {
            return Of(RunStatus.Failed, NothingConnected(totals));
        }

        if (totals[Counter.UsersCrashed] > 0)
        {
            return Of(RunStatus.Failed, $"{Humanize.Plural(totals[Counter.UsersCrashed], "user")} crashed, a defect of the load generator");
        }

        var crossed = thresholds.Where(t => !t.Passed).ToList();
        return crossed.Count > 0
            ? Of(RunStatus.ThresholdsCrossed, Crossed(crossed, thresholds.Count))
            : Of(RunStatus.Passed, Passed(totals, thresholds.Count));
    }

    public static int ExitCodeOf(RunStatus status) => status switch
    {
        RunStatus.Passed => 0,
        RunStatus.ThresholdsCrossed => 99,
        RunStatus.Interrupted => 130,
        _ => 1,
    };

    private static RunVerdict Of(RunStatus status, string reason) => new(status, ExitCodeOf(status), reason);

    private static string NothingConnected(StatsTotals totals)
    {
        var attempts = $"nothing ever connected, in {Humanize.Plural(totals[Counter.ConnectsAttempted], "attempt")}";
        var worst = totals.Failures.Values.Where(f => f.Where == FailureWhere.Connect).MaxBy(f => f.Count);
        return worst is null ? attempts : $"{attempts}; most often for the reason '{worst.Reason.Name()}'";
    }

    private static string Passed(StatsTotals totals, int thresholds) => thresholds switch
    {
        0 => totals[Counter.TasksFailed] == 0
            ? $"{Humanize.Plural(totals[Counter.TasksPassed], "task")} passed, none failed; no thresholds to hold"
            : $"no thresholds to hold, though {Humanize.Plural(totals[Counter.TasksFailed], "task")} failed",
        1 => "the threshold held",
        _ => $"all {thresholds} thresholds held",
    };

    private static string Crossed(List<ThresholdResult> crossed, int all)
    {
        var first = crossed[0];
        var value = first.Note ?? Value(first.Threshold, first.Value!.Value);
        var which = $"{first.Threshold.Name} '{first.Threshold.Expression}' ({value})";
        return all == 1 ? $"the threshold was crossed: {which}" : crossed.Count == 1
            ? $"1 of {all} thresholds was crossed: {which}"
            : $"{crossed.Count} of {all} thresholds were crossed, first {which}";
    }

    private static string Value(Threshold threshold, double value) =>
        ThresholdText.Value(threshold.Metric, threshold.Expression, value);
}
