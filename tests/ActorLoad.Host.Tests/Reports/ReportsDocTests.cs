using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Stats;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Host.Tests.Deploy;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>docs/reports.md is held against the code.</summary>
public sealed class ReportsDocTests
{
    private static readonly string Page = Repository.Text("docs/reports.md");

    [Fact]
    public void The_example_of_marks_is_read_written_and_told_as_it_says()
    {
        var example = JsonNode.Parse(Block("json marks"))!;
        var json = JsonNode.Parse(SummaryFile.ToJson(SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario())))!;
        foreach (var (name, value) in example.AsObject())
        {
            json["run"]![name] = value!.DeepClone();
        }

        var summary = json.Deserialize<Summary>(ReportJson.Indented)!;
        var written = JsonNode.Parse(SummaryFile.ToJson(summary))!["run"]!;
        Assert.True(JsonNode.DeepEquals(example["marks"], written["marks"]));
        Assert.True(JsonNode.DeepEquals(example["workerClocks"], written["workerClocks"]));

        var terminal = new StringWriter();
        SummaryTable.Write(terminal, isTerminal: false, summary, runFolder: null, width: 100);
        Assert.Contains("\n" + Block("text marks"), terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_mark_is_named_and_has_an_example()
    {
        var names = Enum.GetValues<RunMarkKind>().Select(k => JsonSerializer.Serialize(k, ReportJson.Line).Trim('"')).ToList();
        Assert.All(names, n => Assert.Contains($"`{n}`", Page, StringComparison.Ordinal));
        Assert.Equal(names.Order(), JsonNode.Parse(Block("json marks"))!["marks"]!.AsArray().Select(m => (string)m!["kind"]!).Distinct().Order());
    }

    [Fact]
    public void The_example_of_a_spool_comes_out_as_it_says()
    {
        using var folder = new TemporaryFolder();
        WorkerId[] workers = [new("w1"), new("w2"), new("w3")];
        var files = new SpoolFiles(folder.Path, WindowBuilder.Run, workers[0]);
        using (var spool = new WindowSpool(files.Windows))
        {
            foreach (var window in SampleRun.Windows())
            {
                spool.Append(window with { Worker = workers[0] });
            }
        }

        files.WriteRun(new WorkerProtocol.RunDescription(
            new RunOrder(WindowBuilder.Run, SampleRun.Scenario(), "", WindowBuilder.Start),
            new Roster(1, 840, TimeSpan.Zero, [.. workers.Select((w, i) => new RosterEntry(w, $"10.0.0.{7 + i}:8110", 0, RosterState.Active, []))]),
            WindowBuilder.Start));
        Assert.StartsWith(Block("text spool"), ReportCommandCore.Render(folder.File(WindowBuilder.Run.Value), "md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_a_row() => Assert.All(ReportCommandCore.Formats, f => Assert.Contains($"\n| `{f}` |", Page, StringComparison.Ordinal));

    private static string Block(string name)
    {
        var block = Regex.Match(Page, $"```{name}\n(.*?)```", RegexOptions.Singleline);
        Assert.True(block.Success, name);
        return block.Groups[1].Value;
    }
}
