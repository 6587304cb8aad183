using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Run;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>A run over a coordinator and two workers in processes of their own, from submit to report.</summary>
public sealed class SubmitTests : IDisposable
{
    private const string Secret = "s3cr3t-71ab";

    private const string Scenario =
        """
        scenario {
          name = together
          base-url = "http://127.0.0.1:1"

          # So that every stream that the target has opened is open here, too.
          graceful-stop = 20s
          http.headers { X-Token = "{{env.ACTORLOAD_TEST_TOKEN}}" }
          load { stages = [ { duration = 1s, users = 30 }, { duration = 2s, users = 30 } ] }
          users { one { wait = 200ms, tasks { look { steps = [
            { subscribe { stream = s, path = "/api/events/stream?interval_ms=50&user={{user.id}}" } }
            { await { stream = s, events = 2, within = 20s } }
            { close = s }
          ] } } } }
          cluster { worker-timeout = 2m }
          thresholds { tasks_failed = [ "count == 0" ] }
        }
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_waits_for_its_workers_runs_on_all_of_them_and_is_reported()
    {
        var results = Path.Combine(_folder.Path, "results");
        await using var target = await TargetProcess.StartAsync(port: 0);
        await using var coordinator = await NodeProcess.StartAsync("--roles", "coordinator", "--results", results);

        // Nobody is there who could run it: it is taken on, and says what it waits for.
        await using var watched = ActorLoadProcess.StartWith(new ActorLoadProcessOptions(
            "submit", _folder.Write("s.conf", Scenario), "--base-url", target.BaseUrl.AbsoluteUri, "--min-workers", "2", "--watch", "--json",
            "--node", coordinator.Http)
        {
            Environment = new Dictionary<string, string> { ["ACTORLOAD_TEST_TOKEN"] = Secret },
        });
        var waiting = await UntilRunAsync(coordinator, r => (string)r["phase"]! == "gathering" && r["note"] is not null, "gathering");
        Assert.Contains("0 of 2", (string)waiting["note"]!, StringComparison.Ordinal);
        var id = (string)waiting["run"]!;
        var status = await coordinator.AskAsync("status");
        Assert.Equal(0, status.ExitCode);
        Assert.Contains(status.Output, l => l.StartsWith("phase", StringComparison.Ordinal) && l.Contains("gathering", StringComparison.Ordinal));

        var workers = await Task.WhenAll(StartWorkerAsync(coordinator, "w1"), StartWorkerAsync(coordinator, "w2"));
        await using var first = workers[0];
        await using var second = workers[1];
        var end = new RunResult(await watched.ExitAsync());

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("passed", end.Status);
        Assert.Equal(id, (string)end.Summary["run"]!["id"]!);
        Assert.Equal(
            new[] { first.Seed, second.Seed }.Order(StringComparer.Ordinal),
            end.Summary["run"]!["nodes"]!.AsArray().Select(n => (string)n!).Order(StringComparer.Ordinal));
        Assert.Equal(2, end.Summary["generator"]!.AsObject().Count);
        Assert.All(end.Summary["run"]!["workerClocks"]!.AsObject(), c => Assert.True((double)c.Value!["errorMs"]! > 0, c.Value.ToJsonString()));
        Assert.Equal(2, end.Summary["run"]!["workerClocks"]!.AsObject().Count);

        // What the workers counted together is what the target counted; every user was there once.
        var stats = await target.StatsAsync();
        Assert.Equal(30, end.Counter("users_started"));
        Assert.Equal((long)stats["streams"]!["opened"]!, end.Counter("connects_opened"));
        Assert.Equal(end.Counter("connects_opened"), end.Counter("connects_attempted"));

        await ReportAsync(Path.Combine(results, id), end);
        await OverAsync(coordinator, first, id);
        foreach (var node in (NodeProcess[])[first, second, coordinator])
        {
            node.Process.Terminate();
            var gone = await node.Process.ExitAsync();
            Assert.True(gone.ExitCode == 0, gone.ErrorText);
            Assert.DoesNotContain(Secret, gone.OutputText + gone.ErrorText, StringComparison.Ordinal);
        }
    }

    private Task<NodeProcess> StartWorkerAsync(NodeProcess coordinator, string name) =>
        NodeProcess.StartAsync("--roles", "worker", "--seed", coordinator.Seed, "--results", Path.Combine(_folder.Path, name));

    // The coordinator has written it all; the value from the environment of whoever submitted is in none of it.
    private static async Task ReportAsync(string folder, RunResult end)
    {
        var files = Directory.GetFiles(folder);
        Assert.Equal(
            ["histograms.hlog", "run.log", "scenario.conf", "summary.json", "timeline.jsonl"],
            files.Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.DoesNotContain(Secret, File.ReadAllText(f), StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(end.Summary, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json")))));
        Assert.Equal(end.Counter("events"), File.ReadLines(Path.Combine(folder, "timeline.jsonl")).Sum(l => (long?)JsonNode.Parse(l)!["counters"]!["events"] ?? 0));
        var report = await ActorLoadProcess.RunAsync("report", folder);
        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Output, l => l.Contains("2 nodes", StringComparison.Ordinal));
    }

    // Asked at a worker, which asks the coordinator; what it kept on disk meanwhile is gone.
    private async Task OverAsync(NodeProcess coordinator, NodeProcess worker, string id)
    {
        using var client = new HttpClient { BaseAddress = new Uri(worker.Http) };
        var nodes = JsonNode.Parse(await client.GetStringAsync(new Uri("api/nodes", UriKind.Relative)))!;
        Assert.Equal(coordinator.Seed, (string)nodes["coordinator"]!);
        Assert.Equal(2, nodes["nodes"]!.AsArray().Count(n => n!["run"] is null && (long)n["processors"]! > 0));
        Assert.Equal("Count: 2 workers", (await worker.AskAsync("nodes")).Output[^1]);
        var run = JsonNode.Parse(await client.GetStringAsync(new Uri($"api/runs/{id}", UriKind.Relative)))!;
        Assert.Equal(("ended", "passed", 0), ((string)run["phase"]!, (string)run["status"]!, (int)run["exitCode"]!));
        var again = await worker.AskAsync("watch", id);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains(again.Output, l => l.StartsWith("PASSED", StringComparison.Ordinal));
        await Until.TrueAsync(() => Directory.GetFiles(_folder.Path, "*.windows", SearchOption.AllDirectories).Length == 0, "no spool left");
    }

    private static async Task<JsonNode> UntilRunAsync(NodeProcess node, Func<JsonNode, bool> condition, string what)
    {
        using var client = new HttpClient();
        JsonNode? found = null;
        await Until.TrueAsync(
            async () =>
            {
                using var response = await client.GetAsync(new Uri(node.Http + "api/runs"));
                found = response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync())!["runs"]!.AsArray().SingleOrDefault() : null;
                return found is not null && condition(found);
            },
            what);
        return found!;
    }
}
