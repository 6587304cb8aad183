namespace ActorLoad.Host.Reports.Verdicts;

/// <summary>How a run ended; in JSON <c>passed</c>, <c>thresholds-crossed</c>, <c>failed</c>, <c>interrupted</c>.</summary>
public enum RunStatus
{
    Passed,
    ThresholdsCrossed,
    Failed,
    Interrupted,
}
