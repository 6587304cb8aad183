using ActorLoad.Actors.Tests.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>
/// Several nodes of one cluster in this process, with real time and real messages between them. A test says what has to come
/// about, and it does or the test fails after a long time.
/// </summary>
public abstract class ClusterKit : IAsyncLifetime
{
    protected static readonly RunId Run = new("run-1");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly List<ClusterNode> _nodes = [];
    private readonly DirectoryInfo _spool = Directory.CreateTempSubdirectory("actorload-spool-");

    /// <summary>Everybody opens one stream, gets one event, and waits for another that never comes.</summary>
    private protected static Scenario Scenario(int users, int seconds, ClusterSettings? cluster = null) => SmallScenario.Create((0, users), (seconds, users)) with
    {
        UserTypes = [SmallScenario.Reader("reader", SmallScenario.Receive("/", 2))],
        Cluster = cluster ?? new ClusterSettings(),
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(n => n.System.Terminate()));
        _spool.Delete(recursive: true);
    }

    protected string SpoolOf(string node) => Path.Combine(_spool.FullName, node);

    private protected async Task<ClusterNode> CoordinatorAsync(string name) => await JoinedAsync(ClusterNode.Start(name, coordinator: true, spool: null));

    private protected async Task<ClusterNode> WorkerAsync(string name, Func<ActorSystem, IActorRef, IActorRef>? wrap = null) =>
        await JoinedAsync(ClusterNode.Start(name, coordinator: false, SpoolOf(name), wrap));

    private protected static async Task SubmitAsync(ClusterNode from, Scenario scenario)
    {
        var order = new RunOrder(Run, scenario, "", DateTimeOffset.UtcNow);
        RunProtocol.SubmitAnswer? answer = null;
        await UntilAsync(async () =>
        {
            // Until the singleton is found.
            answer = await AskAsync<RunProtocol.SubmitAnswer>(from, new RunProtocol.SubmitRun(order));
            return answer is not null;
        });
        Assert.Null(answer!.Problem);
    }

    private protected static async Task StopAsync(ClusterNode from)
    {
        RunProtocol.StopAnswer? answer = null;
        await UntilAsync(async () => (answer = await AskAsync<RunProtocol.StopAnswer>(from, new RunProtocol.StopRun(Run, StopMode.Graceful))) is not null);
        Assert.Null(answer!.Problem);
    }

    private protected static async Task<RunStatus?> StatusAsync(ClusterNode from) =>
        (await AskAsync<RunProtocol.WatchAnswer>(from, new RunProtocol.WatchRun(Run)))?.Status;

    /// <summary>The run is over, and the numbers that its seconds add up to are those of its outcome.</summary>
    private protected static async Task<RunOutcome> OutcomeAsync(ClusterNode coordinator)
    {
        await UntilAsync(() => coordinator.Recorded.Outcome is not null);
        var outcome = coordinator.Recorded.Outcome!;
        var seconds = coordinator.Recorded.Seconds;
        Assert.Equal(Enumerable.Range(0, seconds.Count), seconds.Select(s => s.Number));
        Assert.All(Enum.GetValues<Counter>(), c => Assert.Equal(outcome.Totals[c], seconds.Sum(s => s.Second[c])));
        Assert.Equal(outcome.Marks, seconds.SelectMany(s => s.Marks).Concat(outcome.Marks).Distinct().OrderBy(m => m.At));
        return outcome;
    }

    /// <summary>Everybody who has ever opened a stream on these nodes is in the numbers, once.</summary>
    private protected static void AssertComplete(RunOutcome outcome, params ClusterNode[] workers)
    {
        var opened = workers.Sum(w => w.Connector.Requests.Count);
        Assert.Equal(opened, outcome.Totals[Counter.ConnectsOpened]);
        Assert.Equal(opened, outcome.Totals[Counter.Events]);
        Assert.Equal(opened, outcome.Totals[Counter.UsersStarted]);
        Assert.Equal(opened, outcome.Totals[Counter.UsersFinished]);
        Assert.Equal([0, 0], outcome.Totals.Gauges);
    }

    /// <summary>The streams that are open on these nodes are those of users 0..n-1, each once.</summary>
    private protected static Task UsersAsync(int users, params ClusterNode[] workers) => UntilAsync(() =>
        workers.SelectMany(w => w.Connector.Requests.Zip(w.Connector.Bodies).Where(p => !p.Second.IsClosed && p.Second.IsRead).Select(p => p.First))
            .Select(r => int.Parse(r.Url.Query["?user=".Length..]))
            .Order()
            .SequenceEqual(Enumerable.Range(0, users)));

    /// <summary>The node dies without a word, and the cluster is told so.</summary>
    private protected async Task KillAsync(ClusterNode node, ClusterNode? survivor)
    {
        var address = node.Membership.SelfAddress;
        await node.System.Terminate();
        _nodes.Remove(node);
        survivor?.Membership.Down(address);
    }

    private protected static async Task UntilAsync(Func<Task<bool>> came)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await came())
        {
            Assert.False(patience.IsCancellationRequested, "it never came about");
            await Task.Delay(20);
        }
    }

    private protected static Task UntilAsync(Func<bool> came) => UntilAsync(() => Task.FromResult(came()));

    private static async Task<T?> AskAsync<T>(ClusterNode from, object question)
        where T : class
    {
        try
        {
            return await from.Coordinator.Ask<T>(question, TimeSpan.FromSeconds(1));
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task<ClusterNode> JoinedAsync(ClusterNode node)
    {
        var seed = _nodes.FirstOrDefault() ?? node;
        _nodes.Add(node);
        await node.Membership.JoinAsync(seed.Membership.SelfAddress);
        return node;
    }
}
