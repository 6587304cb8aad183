using ActorLoad.Host.Admin;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Host.Tests.Api;

/// <summary>A run that may have arrived, or not.</summary>
public class SubmissionTests
{
    private static readonly SubmitTimes Quick = new() { Patience = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task It_is_said_again_with_the_same_id_until_there_is_an_answer()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { Answer = TimeSpan.FromMilliseconds(20) });
        var asked = 0;
        api.Coordinator.Answer = m => ++asked < 3 ? null : SampleRuns.Answer(m);
        using var nodes = new NodeSet([new Uri(api.Url)], null, TimeSpan.FromSeconds(30));
        var result = await new Submission(nodes, Quick, TimeProvider.System).SendAsync(SampleRuns.Order(), CancellationToken.None);
        Assert.Equal(SampleRuns.Run.Value, result.Run);
        Assert.All(api.Coordinator.Heard, m => Assert.Equal(SampleRuns.Run, Assert.IsType<RunProtocol.SubmitRun>(m).Order.Run));
        Assert.InRange(asked, 3, 100);
    }

    [Fact]
    public async Task Given_up_it_names_the_run_that_may_be_queued()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { Answer = TimeSpan.FromMilliseconds(20) });
        using var nodes = new NodeSet([new Uri(api.Url)], null, TimeSpan.FromSeconds(30));
        var submission = new Submission(nodes, Quick with { Patience = TimeSpan.Zero }, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<NodeException>(() => submission.SendAsync(SampleRuns.Order(), CancellationToken.None));
        Assert.Equal($"there is no coordinator at the moment; run {SampleRuns.Run} may be queued: 'actorload status {SampleRuns.Run}'", refusal.Message);
    }

    [Fact]
    public async Task What_reached_nobody_or_was_refused_is_said_once()
    {
        using var nobody = new NodeSet([new Uri("http://127.0.0.1:1")], null, TimeSpan.FromSeconds(30));
        var refusal = await Assert.ThrowsAsync<NodeException>(
            () => new Submission(nobody, Quick, TimeProvider.System).SendAsync(SampleRuns.Order(), CancellationToken.None));
        Assert.DoesNotContain("may be queued", refusal.Message, StringComparison.Ordinal);

        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = _ => new RunProtocol.SubmitAnswer(SampleRuns.Run, 0, "the queue is full");
        using var nodes = new NodeSet([new Uri(api.Url)], null, TimeSpan.FromSeconds(30));
        refusal = await Assert.ThrowsAsync<NodeException>(
            () => new Submission(nodes, Quick, TimeProvider.System).SendAsync(SampleRuns.Order(), CancellationToken.None));
        Assert.Equal("the queue is full", refusal.Message);
        Assert.Single(api.Coordinator.Heard);
    }
}
