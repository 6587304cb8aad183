using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Whether a window can be merged. It comes from another machine and may be well-formed and yet make no sense; found out only while
/// its second is being summed up, it would take all that the others have measured with it. Plain logic.
/// </summary>
internal static class WindowCheck
{
    private static readonly long LatestUnixMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - int.MaxValue;

    /// <returns>What is wrong with it; null = nothing.</returns>
    public static string? Problem(StatsWindow window)
    {
        try
        {
            return window.LengthMs < 0 || !IsMoment(window.StartUnixMs) ? $"it begins at {window.StartUnixMs} ms and lasts {window.LengthMs} ms"
                : window.Gauges.Length != window.GaugesMax.Length ? $"it has {window.Gauges.Length} levels and {window.GaugesMax.Length} highest levels"
                : Counts(window).Any(c => c < 0) ? "a count is negative"
                : Ratios(window).Any(r => !double.IsFinite(r)) ? "a number is infinite, or none"
                : window.Storms.Any(s => !IsMoment(s.StartUnixMs)) ? "a storm began at no moment that there is"
                : HistogramProblem(window);
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private static bool IsMoment(long unixMs) => unixMs >= 0 && unixMs <= LatestUnixMs;

    private static IEnumerable<long> Counts(StatsWindow window) =>
    [
        .. window.UserTypes.SelectMany(t => t.Counters),
        .. window.UserTypes.SelectMany(t => t.Streams).SelectMany(s => s.Counters),
        .. window.UserTypes.SelectMany(t => t.Tasks).SelectMany(t => new[] { t.Passed, t.Failed, t.Interrupted }),
        .. window.Events.Select(e => e.Count),
        .. window.Failures.Select(f => f.Count),
        .. window.Storms.SelectMany(s => new[] { s.StreamsBefore, s.Dropped, s.Failures, s.EventsMissed, s.EventsReplayed }),
        .. window.Fanout.Select(f => (long)f.Receivers),
        .. window.Health is { } health ? [health.ThreadPoolQueueMax, health.ThreadPoolQueueMin, health.ArrivalsDropped] : Array.Empty<long>(),
    ];

    // A report cannot say what is no number.
    private static IEnumerable<double> Ratios(StatsWindow window) =>
    [
        .. window.Health is { } health ? [health.LagMsMax, health.CpuShare, health.GcPauseShare, health.ReadBacklogMsMax] : Array.Empty<double>(),
        .. window.Clock is { } clock ? [clock.OffsetMs, clock.ErrorMs, clock.RoundTripMs] : Array.Empty<double>(),
    ];

    /// <exception cref="InvalidDataException">One is none.</exception>
    private static string? HistogramProblem(StatsWindow window)
    {
        foreach (var type in window.UserTypes)
        {
            Decode(type.Timings);
            foreach (var task in type.Tasks)
            {
                Decode(task.Timings);
            }
        }

        foreach (var storm in window.Storms)
        {
            _ = storm.Back is { } back ? HistogramBuckets.Decode(back) : null;
            _ = storm.Attempts is { } attempts ? HistogramBuckets.Decode(attempts) : null;
        }

        return null;
    }

    private static void Decode(EncodedTiming[] timings)
    {
        foreach (var timing in timings)
        {
            timing.Decode();
        }
    }
}
