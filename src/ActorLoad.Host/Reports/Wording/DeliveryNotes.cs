using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>What one has to know to read the timings of deliveries, one sentence each: whose clock, who is in none of them, what looks odd.</summary>
public static class DeliveryNotes
{
    public static IReadOnlyList<string> Of(Summary summary)
    {
        var notes = new List<string>();
        if (Clock(summary) is { } clock)
        {
            notes.Add(clock);
        }

        if (Get(summary, Counter.StreamsSilent) is > 0 and var silent)
        {
            notes.Add($"{Humanize.Plural(silent, "stream")} received nothing: {(silent == 1 ? "it is" : "they are")} in none of these percentiles");
        }

        if (Get(summary, Counter.ClockErrors) is > 0 and var errors)
        {
            notes.Add($"{Humanize.Plural(errors, "event")} seem{(errors == 1 ? "s" : "")} to have arrived before being sent"
                + (summary.Run.Clock?.WorstErrorMs is { } worst ? $", by up to {Humanize.Milliseconds(worst)}" : "")
                + ": clock error, in none of these percentiles");
        }

        if (Get(summary, Counter.EventsReplayed) is > 0 and var replayed)
        {
            notes.Add($"{Humanize.Plural(replayed, "event")} came as a replay after a reconnect: no part of delivery_latency");
        }

        if (Get(summary, Counter.StreamsBuffered) is > 0 and var buffered)
        {
            notes.Add($"delivery looks buffered between server and client: on {Humanize.Count(buffered)} of "
                + $"{Humanize.Plural(Get(summary, Counter.StreamsOpened), "stream")} most events came bunched; "
                + $"{Humanize.Count(Get(summary, Counter.EventsCoalesced))} of {Humanize.Plural(Get(summary, Counter.Events), "event")} "
                + "were sent more than 5ms apart and arrived together (a proxy that buffers, such as nginx without proxy_buffering off?)");
        }

        return notes;
    }

    private static string? Clock(Summary summary)
    {
        if (!summary.Timings.ContainsKey(Timing.DeliveryLatency.Name()) && Get(summary, Counter.ClockErrors) == 0)
        {
            return null;
        }

        // Whose clock it was is not known of a run that was killed.
        if (summary.Run.Rebuilt && summary.Run.Clock is null)
        {
            return null;
        }

        return summary.Run.Clock is { OffsetMs: { } offset, ErrorMs: { } error }
            ? $"delivery_latency is on the target's clock, which is {Humanize.Exactly(Math.Abs(offset))} "
                + $"{(offset < 0 ? "behind" : "ahead of")} this one, give or take {Humanize.Exactly(error)}"
            : "delivery_latency holds the sender's clock against this machine's: it is as right as they agree";
    }

    private static long Get(Summary summary, Counter counter) => summary.Counters.GetValueOrDefault(counter.Name());
}
