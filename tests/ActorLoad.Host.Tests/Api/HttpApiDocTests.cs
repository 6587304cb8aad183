using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Operations;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Tests.Deploy;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Host.Tests.Api;

/// <summary>The examples of docs/http-api.md are what a node answers.</summary>
public partial class HttpApiDocTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/http-api.md"));

    [Fact]
    public async Task Every_example_is_what_a_node_answers()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var examples = Example().Matches(Page);
        Assert.Equal(
            ["POST /api/runs", "GET /api/runs", "GET /api/runs/ID", "GET /api/runs/ID/events", "POST /api/runs/ID/stop", "GET /api/nodes", "GET /api/runs/nobody"],
            examples.Select(e => $"{e.Groups["method"].Value} {e.Groups["path"].Value.Replace(SampleRuns.Run.Value, "ID", StringComparison.Ordinal)}"));
        foreach (Match example in examples)
        {
            var response = await api.Http.SendAsync(Request(example), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal((HttpStatusCode)int.Parse(example.Groups["status"].Value, System.Globalization.CultureInfo.InvariantCulture), response.StatusCode);
            var (actual, expected) = (await AnswerAsync(response), JsonNode.Parse(example.Groups["answer"].Value));
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{example.Groups["path"].Value} answers\n{actual}");
        }
    }

    [Fact]
    public void Every_field_is_explained()
    {
        var running = JsonNode.Parse(Example().Matches(Page).Single(e => e.Groups["path"].Value == $"/api/runs/{SampleRuns.Run}" && e.Groups["method"].Value == "GET").Groups["answer"].Value)!;
        var node = JsonNode.Parse(Example().Matches(Page).Single(e => e.Groups["path"].Value == "/api/nodes").Groups["answer"].Value)!["nodes"]![0]!;
        Assert.All(running.AsObject().Concat(node.AsObject()), field => Assert.Contains($"| `{field.Key}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_operation_of_the_cluster_has_a_row_and_every_field_of_its_answers_a_name()
    {
        var verbs = CommandTree.Create().Subcommands.Single(c => c.Name == "cluster").Subcommands.Select(c => c.Name);
        Assert.All(verbs, v => Assert.Matches($"(?m)^\\| `(GET|POST) /api/cluster/{v}`", Page));
        Assert.All(HealthPaths.All, p => Assert.Contains($"| `GET {p}` |", Page, StringComparison.Ordinal));
        Type[] answers = [typeof(MemberList), typeof(MemberRow), typeof(LeaderAnswer), typeof(OperationAnswer), typeof(AddressList), typeof(ProblemAnswer)];
        Assert.All(
            answers.SelectMany(t => t.GetProperties()).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)),
            f => Assert.Contains($"\"{f}\":", Page, StringComparison.Ordinal));
    }

    private static HttpRequestMessage Request(Match example) => example.Groups["path"].Value switch
    {
        "/api/runs" when example.Groups["method"].Value == "POST" => ApiHost.Submission(SubmitBody.Write(new RunProtocol.SubmitRun(SampleRuns.Order()))),
        var path => new HttpRequestMessage(new HttpMethod(example.Groups["method"].Value), path)
        {
            Content = example.Groups["body"] is { Success: true, Value: var body } ? new StringContent(body) : null,
        },
    };

    private static async Task<JsonNode?> AnswerAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync());
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: status", await reader.ReadLineAsync());
        return JsonNode.Parse((await reader.ReadLineAsync())!["data: ".Length..]);
    }

    [GeneratedRegex(@"```http\n(?<method>GET|POST) (?<path>\S+)(?: (?<body>\{.*\}))?\n```\n\n`(?<status>\d+)`[^\n]*\n\n```json\n(?<answer>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
