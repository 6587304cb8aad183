using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public class RunVerdictTests
{
    private static readonly ThresholdResult Held = new(new Threshold("events", "count > 1", "count", ">", 1), 5, true, null);
    private static readonly ThresholdResult Crossed = new(new Threshold("connect_time", "p99 < 2ms", "p99", "<", 2), 2.004, false, null);
    private static readonly ThresholdResult Empty = new(new Threshold("event_gap", "p99 < 2ms", "p99", "<", 2), null, false, "no samples");

    private static WindowBuilder Good() => new WindowBuilder(0)
        .Count(Counter.UsersStarted, 5)
        .Count(Counter.ConnectsAttempted, 5)
        .Count(Counter.ConnectsOpened, 5)
        .Count(Counter.TasksPassed, 7);

    private static RunVerdict Decide(WindowBuilder window, StopReason reason = StopReason.Completed, params ThresholdResult[] thresholds) =>
        RunVerdict.Decide(SampleRun.Outcome(window.Totals(), reason, reason == StopReason.WorkerFailed ? "out of sockets" : null), thresholds);

    [Fact]
    public void A_run_whose_thresholds_hold_passes() =>
        Assert.Equal(new RunVerdict(RunStatus.Passed, 0, "all 2 thresholds held"), Decide(Good(), StopReason.Completed, Held, Held));

    [Fact]
    public void A_run_without_thresholds_passes_and_says_so() =>
        Assert.Equal(new RunVerdict(RunStatus.Passed, 0, "7 tasks passed, none failed; no thresholds to hold"), Decide(Good()));

    [Fact]
    public void Failed_tasks_alone_do_not_fail_a_run_but_are_told() =>
        Assert.Equal(
            new RunVerdict(RunStatus.Passed, 0, "no thresholds to hold, though 1 task failed"),
            Decide(Good().Count(Counter.TasksFailed, 1)));

    [Fact]
    public void A_crossed_threshold_gives_99_and_its_value() =>
        Assert.Equal(
            new RunVerdict(RunStatus.ThresholdsCrossed, 99, "1 of 2 thresholds was crossed: connect_time 'p99 < 2ms' (2.004ms)"),
            Decide(Good(), StopReason.Completed, Held, Crossed));

    [Fact]
    public void Several_crossed_thresholds_name_the_first() =>
        Assert.Equal(
            "2 of 2 thresholds were crossed, first event_gap 'p99 < 2ms' (no samples)",
            Decide(Good(), StopReason.Completed, Empty, Crossed).Reason);

    [Fact]
    public void A_failed_worker_fails_the_run_whatever_was_measured() =>
        Assert.Equal(new RunVerdict(RunStatus.Failed, 1, "out of sockets"), Decide(Good(), StopReason.WorkerFailed, Held));

    [Fact]
    public void An_interrupted_run_gives_130_even_when_thresholds_are_crossed()
    {
        var verdict = Decide(Good(), StopReason.Interrupted, Crossed);
        Assert.Equal((RunStatus.Interrupted, 130), (verdict.Status, verdict.ExitCode));
        Assert.Contains("12.0s", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_that_ended_the_run_gives_99_whatever_else_went_wrong()
    {
        var limit = new Threshold("connects_failed", "rate < 50%", "rate", "<", 0.5) { UserType = "reader", AbortOnFail = true };
        var totals = new WindowBuilder(0).Count(Counter.UsersStarted, 5).Count(Counter.ConnectsAttempted, 9).Totals();
        var outcome = SampleRun.Outcome(totals, StopReason.ThresholdAborted) with { Abort = new ThresholdAbort(limit, 0.75, TimeSpan.FromSeconds(10)) };
        Assert.Equal(
            new RunVerdict(
                RunStatus.ThresholdsCrossed, 99, "stopped after 10.0s: the threshold users.reader.connects_failed 'rate < 50%' did not hold (75%)"),
            RunVerdict.Decide(outcome, []));
    }

    [Fact]
    public void Nothing_ever_connected_fails_the_run_and_tells_the_most_frequent_reason() =>
        Assert.Equal(
            new RunVerdict(RunStatus.Failed, 1, "nothing ever connected, in 9 attempts; most often for the reason 'connect'"),
            Decide(new WindowBuilder(0)
                .Count(Counter.UsersStarted, 5)
                .Count(Counter.ConnectsAttempted, 9)
                .Failure(FailureWhere.Connect, FailureReason.Timeout, 2)
                .Failure(FailureWhere.Connect, FailureReason.Connect, 7)
                .Failure(FailureWhere.Task, FailureReason.Connect, 9)));

    [Fact]
    public void One_opened_connection_is_enough_to_be_judged_by_thresholds() =>
        Assert.Equal(
            RunStatus.Passed,
            Decide(new WindowBuilder(0).Count(Counter.UsersStarted, 1).Count(Counter.ConnectsAttempted, 9).Count(Counter.ConnectsOpened, 1)).Status);

    [Fact]
    public void A_scenario_that_opens_no_streams_is_no_failure() =>
        Assert.Equal(RunStatus.Passed, Decide(new WindowBuilder(0).Count(Counter.UsersStarted, 1).Count(Counter.Requests, 9)).Status);

    [Fact]
    public void A_run_in_which_no_user_started_failed() =>
        Assert.Equal(new RunVerdict(RunStatus.Failed, 1, "no user ever started"), Decide(new WindowBuilder(0), StopReason.Completed, Held));
}
