using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Connections;

/// <summary>
/// Decides whether and when a stream connects again. Pure.
/// <code>
/// reason                                   becomes
/// eof truncated reset stalled timeout      Restart
/// connect (refused, DNS, cut in the head)  Restart
/// status, when on-status lists it          Restart
/// status otherwise                         Stop
/// no-content content-type redirect-loop    Stop
/// tls protocol line-too-long event-too-large  Stop
/// dropped (the user's own drop step)       Restart, on hold until its reconnect step
/// dropped (a storm of the scenario)        as reset
/// anything, reconnect disabled             Stop (but dropped)
/// anything, max-attempts used up           Stop (but dropped)
/// </code>
/// </summary>
public static class ReconnectPolicy
{
    /// <param name="attemptsInRow">Connection attempts since the last event, the failed one included; 0 after a connection that delivered.</param>
    public static Disposition Decide(FailureReason reason, int status, int attemptsInRow, ReconnectSettings settings)
    {
        if (reason == FailureReason.Dropped)
        {
            return Disposition.Restart;
        }

        var transient = reason switch
        {
            FailureReason.Eof or FailureReason.Truncated or FailureReason.Reset or FailureReason.Stalled
                or FailureReason.Timeout or FailureReason.Connect => true,
            FailureReason.Status => settings.OnStatus.Contains(status),
            _ => false,
        };
        var exhausted = settings.MaxAttempts > 0 && attemptsInRow >= settings.MaxAttempts;
        return settings.Enabled && transient && !exhausted ? Disposition.Restart : Disposition.Stop;
    }

    /// <summary>
    /// The longer of the server's retry time and the backoff, which doubles from min-backoff per failure in a row up to
    /// max-backoff and is then spread by the jitter.
    /// </summary>
    /// <param name="failuresInRow">At least 1: a good connection that ended counts as the first.</param>
    /// <param name="random">Evenly drawn from [0, 1).</param>
    public static TimeSpan Delay(int failuresInRow, TimeSpan? retry, ReconnectSettings settings, double random)
    {
        var doublings = Math.Clamp(failuresInRow - 1, 0, 40);
        var backoff = Math.Min(settings.MinBackoff.TotalMilliseconds * Math.Pow(2, doublings), settings.MaxBackoff.TotalMilliseconds);
        backoff *= 1 + (settings.Jitter * ((2 * random) - 1));
        return TimeSpan.FromMilliseconds(Math.Max(backoff, retry?.TotalMilliseconds ?? 0));
    }
}
