using System.Text.Json.Nodes;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Tests.Reports;
using ActorLoad.Host.Tests.Scenarios;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Host.Tests.Api;

/// <summary>submit, status, watch, stop and nodes against a node's endpoints.</summary>
public sealed class RemoteVerbTests : IDisposable
{
    private readonly ScenarioFolder _files = new();

    public void Dispose() => _files.Dispose();

    private static string Summary() => SummaryFile.ToJson(SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario()));

    /// <summary>A run that ends as soon as somebody watches it.</summary>
    private static IActorLoadMessage? Ending(IActorLoadMessage question, RunStatus end, string? summary) => question switch
    {
        RunProtocol.WatchRun watch => new RunProtocol.WatchAnswer(watch.Run, end with { Run = watch.Run }),
        RunProtocol.SummaryQuery query => new RunProtocol.SummaryAnswer(query.Run, summary, summary is null ? "its disk was full" : null),
        RunProtocol.RunsQuery => new RunProtocol.RunsAnswer(SampleRuns.Coordinator, [end]),
        _ => SampleRuns.Answer(question),
    };

    [Fact]
    public async Task A_submitted_scenario_arrives_complete_and_its_id_is_printed()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var file = _files.Write("a.conf", ScenarioFolder.Minimal);
        var result = await Verb.RunAsync("submit", file, "--node", api.Url, "--users", "7", "--duration", "3s", "--set", "name=other", "--base-url", "http://127.0.0.9:1", "--min-workers", "4");
        Assert.Equal((0, "submitted, 1 run before it\n"), (result.ExitCode, result.Error));
        var order = (await api.Coordinator.HeardAsync<RunProtocol.SubmitRun>()).Order;
        Assert.Equal(order.Run.Value + "\n", result.Output);
        var overrides = new ScenarioOverrides { Users = 7, Duration = TimeSpan.FromSeconds(3), BaseUrl = "http://127.0.0.9:1", Set = ["name=other", "cluster.min-workers=4"] };
        var expected = ScenarioLoader.Load(file, overrides);
        Assert.Equal(4, order.Scenario.Cluster.MinWorkers);
        Assert.Equal(expected.ResolvedText, order.ScenarioText);
        Assert.Equal(
            WireMessages.Encode(new RunProtocol.SubmitRun(order with { Scenario = expected.Scenario! })),
            WireMessages.Encode(new RunProtocol.SubmitRun(order)));
    }

    [Fact]
    public void Values_of_the_environment_go_along_and_are_shown_to_nobody()
    {
        _files.Environment["SECRET"] = "abc-123";
        var result = _files.Valid(ScenarioFolder.Minimal + """scenario.http.headers.Authorization = "Bearer {{env.SECRET}}" """);
        var order = SubmitOrder.Create(result, _files.Environment.GetValueOrDefault, WindowBuilder.Start);
        Assert.StartsWith("20260301-120000-minimal-", order.Run.Value, StringComparison.Ordinal);
        var header = Assert.Single(order.Scenario.Http.Headers);
        Assert.Empty(header.Value.EnvironmentNames);
        Assert.DoesNotContain("abc-123", order.ScenarioText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_that_does_not_validate_is_told_as_run_tells_it_and_reaches_nobody()
    {
        await using var api = await ApiHost.StartAsync();
        var file = _files.Write("a.conf", ScenarioFolder.Minimal + "scenario.lod = 1\n");
        var result = await Verb.RunAsync("submit", file, "--node", api.Url);
        var mistake = Assert.Single(ScenarioLoader.Load(file, ScenarioOverrides.None).Mistakes);
        Assert.Equal((2, "", $"{mistake}\nactorload: 1 mistake, nothing was started\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Empty(api.Coordinator.Heard);
    }

    [Theory]
    [InlineData("--json: the summary is there at the end; add --watch", "submit", "x.conf", "--json")]
    [InlineData("--json: prints the summary, and --format json every answer; give one of them", "watch", "--json", "--format", "json")]
    [InlineData("--min-workers: expected", "submit", "x.conf", "--min-workers", "0")]
    [InlineData("--node: expected a node's HTTP endpoint such as http://127.0.0.1:8120, found 'nonsense'", "status", "--node", "http://127.0.0.1:1", "--node", "nonsense")]
    [InlineData("--token: the token has white space", "status", "--token", "s3\ncret")]
    [InlineData("--token: the token has white space", "cluster", "show", "--token", "s3\ncret")]
    [InlineData("--node: 'leave' is about the node itself; give one", "cluster", "leave", "--node", "http://127.0.0.1:1", "--node", "http://127.0.0.1:2")]
    [InlineData("RUN: expected the id of a run, found 'a b'", "stop", "a b")]
    [InlineData("RUN: expected the id of a run, found ''", "watch", "")]
    public async Task Wrong_lines_ask_nobody(string expected, params string[] line)
    {
        var result = await Verb.RunAsync(line);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("actorload: " + expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_a_file_has_ends_with_its_line()
    {
        Assert.Equal("0123abcd", NodeOption.TokenOf(null, _ => "0123abcd\n"));
        Assert.Equal("other", NodeOption.TokenOf("other", _ => "0123abcd\n"));
        Assert.Null(NodeOption.TokenOf(null, _ => null));
        Assert.StartsWith("ACTORLOAD_NODE_TOKEN: the token has", Assert.Throws<UsageException>(() => NodeOption.TokenOf(null, _ => "01\n23")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_and_watch_shows_the_run_and_ends_with_its_exit_code()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = m => Ending(m, SampleRuns.Ended, Summary());
        var file = _files.Write("a.conf", ScenarioFolder.Minimal);
        var text = await Verb.RunAsync("submit", file, "--node", api.Url, "--watch");
        Assert.Equal(99, text.ExitCode);
        Assert.Contains("01:00/01:00  users 100", text.Error, StringComparison.Ordinal);
        Assert.EndsWith("thresholds-crossed, 3 workers\n", text.Error, StringComparison.Ordinal);
        Assert.Contains("PASSED", text.Output, StringComparison.Ordinal);
        Assert.Contains("orders-1a2b on 10.0.0.5:8110", text.Output, StringComparison.Ordinal);

        var json = await Verb.RunAsync("submit", file, "--node", api.Url, "--watch", "--json");
        Assert.Equal((99, Summary() + "\n"), (json.ExitCode, json.Output));
        Assert.Contains("PASSED", json.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_takes_the_run_in_hand_and_prints_answers_as_they_come_for_scripts()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = m => Ending(m, SampleRuns.Ended, Summary());
        var result = await Verb.RunAsync("watch", "--node", api.Url, "--format", "json");
        Assert.Equal((99, ""), (result.ExitCode, result.Error));
        Assert.Equal("ended", (string)JsonNode.Parse(result.Output)!["phase"]!);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 99)]
    [InlineData(130, 130)]
    public async Task A_run_without_its_report_has_not_passed(int code, int expected)
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = m => Ending(m, SampleRuns.Ended with { ExitCode = code }, null);
        var result = await Verb.RunAsync("watch", SampleRuns.Run.Value, "--node", api.Url);
        Assert.Equal((expected, ""), (result.ExitCode, result.Output));
        Assert.EndsWith("but: its disk was full\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_the_run_in_hand_and_the_others_in_a_row_each()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var all = (await Verb.RunAsync("status", "--node", api.Url)).Output.Split('\n');
        Assert.Equal("run                  20260301-120000-orders-1a2b", all[0]);
        Assert.Contains("phase                running, 3 workers: worker on 10.0.0.7:8110 was lost", all);
        Assert.Contains("time_to_first_event  p50 40.3ms, p99 121ms, max 150ms", all);
        Assert.Equal(["", "20260301-120040-prices-77f0  00:00/05:00  queued, 1 run before it", ""], all[^3..]);
        var one = (await Verb.RunAsync("status", SampleRuns.Next.Value, "--node", api.Url)).Output.Split('\n');
        Assert.Equal("run                  20260301-120040-prices-77f0", one[0]);
        var json = JsonNode.Parse((await Verb.RunAsync("status", SampleRuns.Next.Value, "--node", api.Url, "--format", "json")).Output)!;
        Assert.Equal(("queued", 1), ((string)json["phase"]!, (int)json["position"]!));
    }

    [Fact]
    public async Task A_cluster_that_has_run_nothing_says_so()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = _ => new RunProtocol.RunsAnswer(SampleRuns.Coordinator, []);
        Assert.Equal(new Verb(0, "no run was submitted yet\n", ""), await Verb.RunAsync("status", "--node", api.Url));
        Assert.Equal(new Verb(1, "", "actorload: no run was submitted yet\n"), await Verb.RunAsync("watch", "--node", api.Url));
        Assert.Equal(new Verb(1, "", "actorload: no run was submitted yet\n"), await Verb.RunAsync("stop", "--node", api.Url));
    }

    [Fact]
    public async Task Stop_ends_the_run_in_hand_or_the_one_that_is_named()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        Assert.Equal(new Verb(0, $"run {SampleRuns.Run} is coming to its end\n", ""), await Verb.RunAsync("stop", "--node", api.Url));
        Assert.Equal(new Verb(0, $"run {SampleRuns.Next} stops now\n", ""), await Verb.RunAsync("stop", SampleRuns.Next.Value, "--now", "--node", api.Url));
        Assert.Equal(new RunProtocol.StopRun(SampleRuns.Run, StopMode.Graceful), await api.Coordinator.HeardAsync<RunProtocol.StopRun>());
        Assert.Equal(new RunProtocol.StopRun(SampleRuns.Next, StopMode.Now), await api.Coordinator.HeardAsync<RunProtocol.StopRun>(2));
        Assert.Equal(new Verb(1, "", "actorload: there is no run 'nobody'\n"), await Verb.RunAsync("stop", "nobody", "--node", api.Url));
    }

    [Fact]
    public async Task Nodes_are_listed_with_what_they_can_and_what_they_carry()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var lines = (await Verb.RunAsync("nodes", "--node", api.Url)).Output.Split('\n');
        Assert.Equal(
            [
                "node           run                          shares  users  streams  cpu  lag     processors  open files  local ports  clock",
                "10.0.0.6:8110  20260301-120000-orders-1a2b  280     34     33       42%  1.50ms  8           1,048,576   28,232       -0.31ms ±0.08ms",
                "Count: 1 workers",
                "",
            ],
            lines);
        var json = JsonNode.Parse((await Verb.RunAsync("nodes", "--node", api.Url, "--format", "json")).Output)!;
        Assert.Equal(34, (int)json["nodes"]![0]!["usersActive"]!);
    }

    [Fact]
    public async Task A_node_that_cannot_help_is_passed_over()
    {
        await using var api = await ApiHost.StartAsync();
        await using var alone = await ApiHost.StartAsync(ApiHost.Patient with { Answer = TimeSpan.FromMilliseconds(20) });
        api.Coordinator.Answer = SampleRuns.Answer;
        var result = await Verb.RunAsync("stop", "--node", "http://127.0.0.1:1", "--node", alone.Url, "--node", api.Url);
        Assert.Equal(new Verb(0, $"run {SampleRuns.Run} is coming to its end\n", ""), result);
        Assert.Equal(
            new Verb(1, "", "actorload: there is no coordinator at the moment\n"),
            await Verb.RunAsync("nodes", "--node", "http://127.0.0.1:1", "--node", alone.Url));
        var nobody = await Verb.RunAsync("status", "--node", "http://127.0.0.1:1");
        Assert.Equal(1, nobody.ExitCode);
        Assert.StartsWith("actorload: http://127.0.0.1:1/ cannot be reached: ", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_sent()
    {
        await using var api = await ApiHost.StartAsync(token: "s3cret");
        api.Coordinator.Answer = SampleRuns.Answer;
        var without = await Verb.RunAsync("nodes", "--node", api.Url);
        Assert.Equal(new Verb(1, "", "actorload: this node demands a token: --token, or ACTORLOAD_NODE_TOKEN\n"), without);
        Assert.Equal(0, (await Verb.RunAsync("nodes", "--node", api.Url, "--token", "s3cret")).ExitCode);
        var file = _files.Write("a.conf", ScenarioFolder.Minimal);
        Assert.Equal(0, (await Verb.RunAsync("submit", file, "--node", api.Url, "--token", "s3cret")).ExitCode);
    }
}
