using ActorLoad.Host.Admin;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Host.Tests.Api;

/// <summary>Watching goes on when nodes go away, and gives up when all stay away.</summary>
public class RunWatcherTests
{
    private static readonly WatchTimes Quick = new() { GiveUp = TimeSpan.FromSeconds(30), TryAgain = TimeSpan.FromMilliseconds(10) };
    private static readonly RunProtocol.WatchAnswer On = new(SampleRuns.Run, SampleRuns.Running);
    private static readonly RunProtocol.WatchAnswer Over = new(SampleRuns.Run, SampleRuns.Ended);

    private static (Task<RunStatusJson> End, Task First) Watch(WatchTimes times, bool isKnown, CancellationToken cancellation, params ApiHost[] nodes)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = WatchAsync();
        return (end, first.Task);

        async Task<RunStatusJson> WatchAsync()
        {
            using var set = new NodeSet([.. nodes.Select(n => new Uri(n.Url))], null, TimeSpan.FromSeconds(30));
            return await new RunWatcher(set, times, TimeProvider.System).WatchAsync(SampleRuns.Run.Value, isKnown, (_, _) => first.TrySetResult(), cancellation);
        }
    }

    [Fact]
    public async Task Another_node_takes_the_place_of_one_that_goes_away()
    {
        await using var one = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync();
        (one.Coordinator.Answer, other.Coordinator.Answer) = (_ => On, _ => Over);
        var (end, first) = Watch(Quick, false, CancellationToken.None, one, other);
        await first;
        await one.DisposeAsync();
        Assert.Equal(RunPhase.Ended, (await end).Phase);
    }

    [Fact]
    public async Task A_coordinator_that_does_not_know_the_run_yet_is_asked_again()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { Unknown = TimeSpan.FromMilliseconds(10) });
        var asked = 0;
        api.Coordinator.Answer = _ => ++asked switch
        {
            1 => On,
            < 10 => new RunProtocol.WatchAnswer(SampleRuns.Run, null),
            _ => Over,
        };
        Assert.Equal(RunPhase.Ended, (await Watch(Quick, false, CancellationToken.None, api).End).Phase);
    }

    [Fact]
    public async Task When_all_nodes_stay_away_watching_ends()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = _ => On;
        var (end, first) = Watch(Quick with { GiveUp = TimeSpan.FromMilliseconds(200) }, false, CancellationToken.None, api);
        await first;
        await api.DisposeAsync();
        var problem = await Assert.ThrowsAsync<NodeException>(() => end);
        Assert.StartsWith($"nothing was heard of run {SampleRuns.Run} for 0 s: http://127.0.0.1:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_says_nothing_is_left()
    {
        await using var one = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync();
        (one.Coordinator.Answer, other.Coordinator.Answer) = (_ => On, _ => Over);
        var (end, _) = Watch(Quick with { Silence = TimeSpan.FromMilliseconds(300) }, false, CancellationToken.None, one, other);
        Assert.Equal(RunPhase.Ended, (await end).Phase);
    }

    [Fact]
    public async Task A_run_that_nobody_ever_knew_is_no_reason_to_wait()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = _ => new RunProtocol.WatchAnswer(SampleRuns.Run, null);
        Assert.Equal(
            $"there is no run '{SampleRuns.Run}'", (await Assert.ThrowsAsync<NodeException>(() => Watch(Quick, false, CancellationToken.None, api).End)).Message);
    }

    [Fact]
    public async Task Watching_can_be_left_at_any_time()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = _ => On;
        using var leave = new CancellationTokenSource();
        var (end, first) = Watch(Quick, true, leave.Token, api);
        await first;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
        Assert.DoesNotContain(api.Coordinator.Heard, m => m is RunProtocol.StopRun);
    }
}
