using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public sealed class CsvReportTests : IDisposable
{
    private const string Header = "scope,metric,kind,unit,count,per_second,rate,min,mean,p50,p90,p95,p99,p999,max";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Summary Sample() => SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario());

    private static List<Dictionary<string, string>> Rows(string csv)
    {
        var columns = Header.Split(',');
        return [.. csv.Split("\r\n")[1..^1].Select(line => columns.Zip(line.Split(',')).ToDictionary(c => c.First, c => c.Second))];
    }

    private static string Line(string csv, string start) => Assert.Single(csv.Split("\r\n"), l => l.StartsWith(start, StringComparison.Ordinal));

    [Fact]
    public void Every_row_has_every_column_and_every_metric_of_the_run_has_a_row()
    {
        var csv = CsvReport.Render(Sample());
        Assert.StartsWith(Header + "\r\n", csv, StringComparison.Ordinal);
        Assert.All(csv.Split("\r\n")[..^1], l => Assert.Equal(14, l.Count(c => c == ',')));
        Assert.DoesNotContain('\n', csv.Replace("\r\n", "", StringComparison.Ordinal));
        var rows = Rows(csv);
        Assert.Equal(rows.Count, rows.DistinctBy(r => (r["scope"], r["metric"])).Count());
        var whole = rows.Where(r => r["scope"].Length == 0).ToLookup(r => r["kind"], r => r["metric"]);
        Assert.Equal(MetricNames.Counters, whole["counter"]);
        Assert.Equal(MetricNames.Gauges, whole["gauge"]);
        Assert.Equal(Sample().Timings.Keys, whole["timing"]);
        Assert.Equal(
            ["", "users.reader", "users.reader.tasks.read", "users.writer", "users.writer.tasks.post"], rows.Select(r => r["scope"]).Distinct());
    }

    [Fact]
    public void A_counter_has_its_count_its_share_and_its_frequency_and_nothing_else()
    {
        var csv = CsvReport.Render(Sample());
        Assert.Equal(",connects_failed,counter,,12,1,0.016667,,,,,,,,", Line(csv, ",connects_failed,"));
        Assert.Equal(",bytes,counter,,14814804,1234567,,,,,,,,,", Line(csv, ",bytes,"));
        Assert.Equal(",users_active,gauge,,,,,,,,,,,,100", Line(csv, ",users_active,"));
        Assert.Equal("users.reader.tasks.read,tasks_failed,counter,,3,0.25,0.006211,,,,,,,,", Line(csv, "users.reader.tasks.read,tasks_failed,"));
    }

    [Fact]
    public void A_timing_has_what_the_summary_has_in_full()
    {
        var summary = Sample();
        var row = Rows(CsvReport.Render(summary)).Single(r => r["scope"] == "users.writer.tasks.post" && r["metric"] == "task_time");
        var time = summary.UserTypes["writer"].Tasks["post"].Timings["task_time"];
        Assert.Equal(("timing", "ms", "120", "10", ""), (row["kind"], row["unit"], row["count"], row["per_second"], row["rate"]));
        Assert.Equal(
            new[] { time.Min, time.Mean, time.P50, time.P90, time.P95, time.P99, time.P999, time.Max },
            new[] { "min", "mean", "p50", "p90", "p95", "p99", "p999", "max" }.Select(c => double.Parse(row[c], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_name_that_a_spreadsheet_or_a_csv_reader_would_misread_is_protected()
    {
        var summary = Sample() with
        {
            UserTypes = new Dictionary<string, SummaryUserType> { ["a,\"b\"\nc"] = new() { Counters = new Dictionary<string, long> { ["=cmd()"] = 1 } } },
        };
        Assert.Contains("\"users.a,\"\"b\"\"\nc\",\"'=cmd()\",counter,,1,", CsvReport.Render(summary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_run_has_the_rows_of_the_whole_run_with_the_same_numbers()
    {
        using (var folder = RunFolder.Create(WindowBuilder.Run, _folder.File("out")))
        {
            foreach (var second in SampleRun.Seconds())
            {
                folder.Append(second);
            }
        }

        var killed = ReportCommandCore.Render(_folder.File("out"), "csv").Split("\r\n");
        var whole = CsvReport.Render(Sample()).Split("\r\n").Where(l => !l.StartsWith("users.", StringComparison.Ordinal));
        Assert.Equal(whole, killed);
    }
}
