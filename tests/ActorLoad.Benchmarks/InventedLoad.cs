using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Benchmarks;

/// <summary>
/// What users would have measured, from a seed: the same for a user in a second whichever worker records it, and every timing
/// spread over some decades, so that many buckets of each histogram are filled.
/// </summary>
internal sealed class InventedLoad(int users, int seed)
{
    private const int EventsPerSecond = 5;

    // All that connections, streams and tasks time; fanout_spread comes out of the spans.
    private static readonly Timing[] Timings = [.. Enum.GetValues<Timing>().Except([Timing.TaskTime, Timing.FanoutSpread])];

    private static readonly Counter[] Counters =
    [
        Counter.ConnectsAttempted, Counter.ConnectsOpened, Counter.ConnectsFailed, Counter.Disconnects, Counter.Reconnects, Counter.Comments,
        Counter.EventsMissed, Counter.EventsDuplicated, Counter.EventsReordered, Counter.Requests, Counter.EventsSequenced,
    ];

    public static IReadOnlyList<UserType> UserTypes { get; } =
    [
        new() { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] },
        new() { Name = "writer", Tasks = [new TaskDefinition("write", 1, []), new TaskDefinition("look", 1, [])] },
    ];

    /// <summary>One second of some users.</summary>
    /// <param name="mine">Which users the recorder is for.</param>
    /// <returns>When the first and the last of them saw each event, which the recorder does not know.</returns>
    public IReadOnlyList<FanoutSpan> Record(WorkerRecorder recorder, int second, Func<int, bool> mine)
    {
        var spans = new Dictionary<ulong, FanoutSpan>();
        for (var user = 0; user < users; user++)
        {
            if (mine(user))
            {
                Record(recorder, user, second, spans);
            }
        }

        return [.. spans.Values];
    }

    private void Record(WorkerRecorder recorder, int user, int second, Dictionary<ulong, FanoutSpan> spans)
    {
        var random = new Random(unchecked((seed * 31 + user) * 7919 + second));
        var type = recorder.UserTypes[user % 4 == 0 ? 1 : 0];
        var stream = type.Stream(user % 3 == 0 ? "side" : "main");
        foreach (var timing in Timings)
        {
            stream.RecordMicroseconds(timing, Spread(random));
        }

        foreach (var counter in Counters)
        {
            stream.Count(counter, random.Next(4));
        }

        for (var e = 0; e < EventsPerSecond; e++)
        {
            stream.Count(Counter.Events);
            stream.Count(Counter.Bytes, random.Next(100, 300));
            recorder.Events.Count(e == 0 ? "price"u8 : "tick"u8);
            var delay = Spread(random);
            stream.RecordMicroseconds(Timing.DeliveryLatency, delay);
            Seen(spans, (ulong)(second * EventsPerSecond + e), second * 1_000_000L + delay);
        }

        var ticks = Spread(random) * TimeProvider.System.TimestampFrequency / 1_000_000;
        var task = type.Tasks[user % type.Tasks.Count];
        if (random.Next(20) == 0)
        {
            task.Failed(ticks);
            recorder.Failures.Count(FailureWhere.Task, FailureReason.AwaitTimeout, "nothing came");
        }
        else
        {
            task.Passed(ticks);
        }
    }

    // 10 µs to 100 s, each decade as likely as any other.
    private static long Spread(Random random) => (long)Math.Pow(10, 1 + (7 * random.NextDouble()));

    private static void Seen(Dictionary<ulong, FanoutSpan> spans, ulong key, long at) =>
        spans[key] = spans.TryGetValue(key, out var span)
            ? new FanoutSpan(key, Math.Min(span.FirstUnixUs, at), Math.Max(span.LastUnixUs, at), span.Receivers + 1)
            : new FanoutSpan(key, at, at, 1);
}
