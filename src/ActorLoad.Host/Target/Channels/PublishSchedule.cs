namespace ActorLoad.Host.Target.Channels;

/// <summary>
/// When the events of a channel are due: one a period, counted from the start and not from the event before, so that the rate
/// holds however late a timer fires. Times are durations since any fixed moment.
/// </summary>
internal sealed class PublishSchedule
{
    private static readonly TimeSpan LongestDebt = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _period;
    private TimeSpan _next;

    public PublishSchedule(TimeSpan period, TimeSpan start)
    {
        _period = period;
        _next = start + period;
    }

    /// <summary>Time until the next event is due; zero when one is due now.</summary>
    public TimeSpan Until(TimeSpan now) => _next > now ? _next - now : TimeSpan.Zero;

    /// <summary>How many events are due by now, and are owed no more. What is more than a second (or one period) late is let go.</summary>
    public int TakeDue(TimeSpan now)
    {
        if (now < _next)
        {
            return 0;
        }

        var due = ((now - _next).Ticks / _period.Ticks) + 1;
        _next += TimeSpan.FromTicks(due * _period.Ticks);
        return (int)Math.Min(due, Math.Max(1, LongestDebt.Ticks / _period.Ticks));
    }
}
