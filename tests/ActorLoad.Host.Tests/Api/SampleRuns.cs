using ActorLoad.Host.Tests.Reports;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Api;

/// <summary>What a coordinator might say: the examples of docs/http-api.md.</summary>
internal static class SampleRuns
{
    public const string Coordinator = "10.0.0.5:8110";

    public static readonly RunId Run = WindowBuilder.Run;
    public static readonly RunId Next = new("20260301-120040-prices-77f0");

    public static RunStatus Running { get; } = new(
        Run, "orders", RunPhase.Running, 0, WindowBuilder.Start, WindowBuilder.Start.AddSeconds(2), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(12), 3, Counters(), [100, 98],
        [new TimingStatus(Timing.ConnectTime, 720, 251, 1803, 2105), new TimingStatus(Timing.TimeToFirstEvent, 708, 40_255, 121_343, 150_015)])
    {
        Note = "worker on 10.0.0.7:8110 was lost",
        Coordinator = Coordinator,
        Folder = "/srv/actorload/results/20260301-120000-orders-1a2b",
    };

    public static RunStatus Queued { get; } = new(
        Next, "prices", RunPhase.Queued, 1, WindowBuilder.Start.AddSeconds(40), null, TimeSpan.FromMinutes(5), TimeSpan.Zero, 0, [], [], []) { Coordinator = Coordinator };

    public static RunStatus Ended { get; } = Running with
    {
        Phase = RunPhase.Ended,
        Elapsed = TimeSpan.FromMinutes(1),
        Note = null,
        Status = "thresholds-crossed",
        ExitCode = 99,
    };

    public static NodeRow Node { get; } = new(
        "10.0.0.6:8110", new WorkerId("10.0.0.6:8110#4f21"), new WorkerCapacity(1_048_576, 28_232, 8) { SourceAddresses = ["10.0.1.1-10.0.1.8"] },
        Run, 280, 34, 33, 0.42, 1.5, -0.31, 0.08);

    public static RunOrder Order(Scenario? scenario = null) => new(Run, scenario ?? SampleRun.Scenario(), "scenario { name = orders }\n", WindowBuilder.Start);

    public static RunOrder LargeOrder(int rows) =>
        Order(SampleRun.Scenario() with { Feeds = [new Feed("accounts", ["name"], [.. Enumerable.Range(0, rows).Select(i => new[] { $"account-{i:000000000}-{new string('x', 80)}" })], FeedOrder.Sequential, 0, FeedEnd.Wrap)] });

    /// <summary>Answers as a coordinator would that has one run in hand and one in its queue.</summary>
    public static IActorLoadMessage? Answer(IActorLoadMessage question) => question switch
    {
        RunProtocol.SubmitRun submit => new RunProtocol.SubmitAnswer(submit.Run, 1, null),
        RunProtocol.RunsQuery => new RunProtocol.RunsAnswer(Coordinator, [Running, Queued]),
        RunProtocol.WatchRun watch => new RunProtocol.WatchAnswer(watch.Run, watch.Run == Run ? Running : watch.Run == Next ? Queued : null),
        RunProtocol.StopRun stop => new RunProtocol.StopAnswer(stop.Run, stop.Run == Run || stop.Run == Next ? null : $"there is no run '{stop.Run}'"),
        RunProtocol.SummaryQuery summary => new RunProtocol.SummaryAnswer(
            summary.Run, null, summary.Run == Run || summary.Run == Next ? $"run {summary.Run} has not ended yet" : $"there is no run '{summary.Run}'"),
        RunProtocol.NodesQuery => new RunProtocol.NodesAnswer(Coordinator, [Node]),
        _ => null,
    };

    private static long[] Counters()
    {
        var counters = new long[MetricNames.Counters.Count];
        counters[(int)Counter.UsersStarted] = 100;
        counters[(int)Counter.TasksPassed] = 600;
        counters[(int)Counter.TasksFailed] = 3;
        counters[(int)Counter.ConnectsAttempted] = 720;
        counters[(int)Counter.ConnectsOpened] = 708;
        counters[(int)Counter.ConnectsFailed] = 12;
        counters[(int)Counter.Events] = 12_066;
        counters[(int)Counter.Bytes] = 14_814_804;
        return counters;
    }
}
