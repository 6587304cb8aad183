using System.Net;
using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Run;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>One node that is both coordinator and worker: several runs, who may ask, and what cannot be done.</summary>
public sealed class QueueTests : IDisposable
{
    private const string Token = "s3cret";

    private const string Scenario =
        """
        scenario {
          name = queued
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 0s, users = 5 }, { duration = 2s, users = 5 } ] }
          users { one { tasks { hold { steps = [
            { subscribe { stream = s, path = "/api/events/stream?interval_ms=50" } }
            { listen { stream = s, for = 1s } }
            { close = s }
          ] } } } }
          thresholds { time_to_headers = [ "p99 < 0.001ms" ] }
        }
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_come_one_after_another_and_can_be_stopped()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        await using var node = await NodeProcess.StartAsync("--token", Token, "--results", Path.Combine(_folder.Path, "results"));
        var file = _folder.Write("s.conf", Scenario);
        var first = await SubmitAsync(node, file, target, "load.stages[1].duration=5m");
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == 5, "the first run's streams");
        var second = await SubmitAsync(node, file, target, "name=second");
        var third = await SubmitAsync(node, file, target, "name=third");
        using var client = new HttpClient { BaseAddress = new Uri(node.Http) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        var list = JsonNode.Parse(await client.GetStringAsync(new Uri("api/runs", UriKind.Relative)))!["runs"]!.AsArray();
        Assert.Equal([(first, "running"), (second, "queued"), (third, "queued")], list.Select(r => ((string)r!["run"]!, (string)r["phase"]!)));
        var status = await node.AskAsync("status", "--token", Token);
        Assert.Contains(status.Output, l => l.StartsWith(third, StringComparison.Ordinal) && l.Contains("before it", StringComparison.Ordinal));

        await WrongRequestsAsync(node, client);

        // Taken out of the queue, and ended in the middle; what comes next is judged by its own threshold.
        Assert.Equal(0, (await node.AskAsync("stop", third, "--token", Token)).ExitCode);
        await using var watch = ActorLoadProcess.Start("watch", first, "--node", node.Http, "--token", Token);
        Assert.Equal(0, (await node.AskAsync("stop", "--now", "--token", Token)).ExitCode);
        var stopped = await watch.ExitAsync();
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains(stopped.Output, l => l.StartsWith("INTERRUPTED", StringComparison.Ordinal));
        Assert.Contains(stopped.Output, l => l.StartsWith("run folder: ", StringComparison.Ordinal) && l.Contains(first, StringComparison.Ordinal));

        var judged = await node.AskAsync("watch", second, "--json", "--token", Token);
        Assert.True(judged.ExitCode == 99, judged.ErrorText);
        Assert.Equal("thresholds-crossed", (string)JsonNode.Parse(judged.OutputText)!["run"]!["status"]!);
        var never = await node.AskAsync("watch", third, "--token", Token);
        Assert.Equal(130, never.ExitCode);
        var refused = await node.AskAsync("stop", first, "--token", Token);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("actorload: ", Assert.Single(refused.Errors), StringComparison.Ordinal);

        Assert.Equal(0, (await node.ClusterAsync("leave", "--token", Token)).ExitCode);
        var end = await node.Process.ExitAsync();
        Assert.True(end.ExitCode == 0, end.ErrorText);
        Assert.DoesNotContain(Token, end.OutputText + end.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_scenario_is_said_before_anybody_is_asked()
    {
        var file = _folder.Write("s.conf", Scenario.Replace("listen {", "lissten {"));
        var validated = await ActorLoadProcess.RunAsync("validate", file);
        var submitted = await ActorLoadProcess.RunAsync("submit", file, "--node", "http://127.0.0.1:1");
        Assert.Equal((2, 2), (validated.ExitCode, submitted.ExitCode));
        Assert.Equal(validated.Errors, submitted.Errors);
        Assert.Contains("lissten", submitted.ErrorText, StringComparison.Ordinal);

        var nobody = await ActorLoadProcess.RunAsync("submit", _folder.Write("s.conf", Scenario), "--node", "http://127.0.0.1:1");
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("http://127.0.0.1:1/ cannot be reached", Assert.Single(nobody.Errors), StringComparison.Ordinal);
    }

    private static async Task<string> SubmitAsync(NodeProcess node, string file, TargetProcess target, string change)
    {
        var result = await node.AskAsync("submit", file, "--base-url", target.BaseUrl.AbsoluteUri, "--set", change, "--token", Token);
        Assert.True(result.ExitCode == 0, result.ErrorText);
        return Assert.Single(result.Output);
    }

    // Each is one sentence to whoever sent it, and the run in hand goes on.
    private static async Task WrongRequestsAsync(NodeProcess node, HttpClient client)
    {
        var without = await node.AskAsync("nodes");
        Assert.Equal(1, without.ExitCode);
        Assert.Equal(["actorload: this node demands a token: --token, or ACTORLOAD_NODE_TOKEN"], without.Errors);
        var unknown = await node.AskAsync("watch", "nothing", "--token", Token);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("there is no run 'nothing'", Assert.Single(unknown.Errors), StringComparison.Ordinal);

        using var body = new ByteArrayContent([1, 2, 3]);
        body.Headers.ContentType = new("application/x-actorload");
        body.Headers.Add("ActorLoad-Protocol", "2");
        using var answer = await client.PostAsync(new Uri("api/runs", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEqual("", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["problem"]!);
    }
}
