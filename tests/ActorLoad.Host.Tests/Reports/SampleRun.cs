using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>A run of 12 seconds with something in every corner, and ways to make other outcomes.</summary>
internal static class SampleRun
{
    public const int SecondCount = 12;

    public static Scenario Scenario(params Threshold[] thresholds) => new()
    {
        Name = "orders",
        BaseUrl = new Uri("http://127.0.0.1:5080"),
        Load = LoadPlan.Closed([(TimeSpan.FromSeconds(2), 100), (TimeSpan.FromSeconds(SecondCount - 2), 100)]),
        UserTypes = [new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }],
        Thresholds = thresholds,
    };

    public static RunOutcome Outcome(StatsTotals totals, StopReason reason = StopReason.Completed, string? problem = null) =>
        new(WindowBuilder.Run, reason, problem, WindowBuilder.Start, TimeSpan.FromSeconds(SecondCount), totals, ["127.0.0.1:4053"]);

    public static StatsTotals Totals() => Sum(Seconds());

    public static StatsTotals Sum(IEnumerable<RunSecond> seconds)
    {
        var totals = new StatsTotals();
        foreach (var second in seconds)
        {
            totals.Add(second.Second);
        }

        return totals;
    }

    public static IReadOnlyList<RunSecond> Seconds() => [.. Enumerable.Range(0, SecondCount).Select(n => Window(n).Second())];

    /// <summary>The same as a worker reports them.</summary>
    public static IReadOnlyList<StatsWindow> Windows() => [.. Enumerable.Range(0, SecondCount).Select(n => Window(n).Window())];

    private static WindowBuilder Window(int n)
    {
        // Drawn from a fixed seed: the shape of real latencies, the same in every run of the tests.
        var random = new Random(n);
        var users = Math.Min(100, 50 * (n + 1));
        var window = new WindowBuilder(n)
            .Gauges(users, users - 2)
            .Count(Counter.UsersStarted, n < 2 ? 50 : 0)
            .Count(Counter.ConnectsAttempted, 60)
            .Count(Counter.ConnectsOpened, 59)
            .Count(Counter.ConnectsFailed, 1)
            .Count(Counter.Disconnects, 4)
            .Count(Counter.Reconnects, 3)
            .Count(Counter.Comments, 20)
            .Count(Counter.Bytes, 1_234_567)
            .Count(Counter.Requests, 10, "writer")
            .Count(Counter.RequestsFailed, n == 3 ? 1 : 0, "writer")
            .Events("message", 900 + n)
            .Events("update", 100)
            .Time(Timing.ConnectTime, Times(random, 60, 250))
            .Time(Timing.TimeToHeaders, Times(random, 59, 900))
            .Time(Timing.TimeToFirstEvent, Times(random, 59, 40_000))
            .Time(Timing.EventGap, Times(random, 1000, 1_000_000))
            .Time(Timing.ReconnectTime, Times(random, 3, 700_000))
            .Task("reader", "read", 40, n % 4 == 0 ? 1 : 0, n == 11 ? 12 : 0, Times(random, 40, 10_000_000))
            .Task("writer", "post", 10, 0, 0, Times(random, 10, 5_000))
            .Failure(FailureWhere.Connect, FailureReason.Status, 1, "503 Service Unavailable for http://127.0.0.1:5080/api/events/stream")
            .Failure(FailureWhere.Disconnect, FailureReason.Eof, 4, "the server ended the stream");
        return n == 3
            ? window.Failure(FailureWhere.Request, FailureReason.UnexpectedStatus, 1, "POST /api/orders answered 500, expected 202")
            : window;
    }

    private static IEnumerable<long> Times(Random random, int count, double typical) =>
        Enumerable.Range(0, count).Select(_ => (long)(typical * Math.Exp(random.NextDouble() * random.NextDouble() * 3)));
}
