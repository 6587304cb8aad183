using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActorLoad.Program.Tests.Run;

/// <summary>A generator that gets no processor for two seconds says so, and when.</summary>
public sealed partial class StarvationTests
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_generator_that_was_starved_says_when_its_numbers_cannot_be_trusted()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "100ms");
        var url = new Uri(target.BaseUrl, "/api/events/stream").AbsoluteUri;
        await using var process = RunCommand.Start(folder, "quick", url, "--users", "20", "--ramp", "0s", "--duration", "7s");
        var results = Path.Combine(folder.Path, "run");
        await Timeline.UntilSecondsAsync(results, 3);

        // The stimulus itself: the program stands still for two seconds, as on a machine that is busy with something else.
        process.Freeze();
        var clock = Stopwatch.StartNew();
        await Task.Delay(Frozen);
        process.Thaw();
        var frozen = clock.Elapsed;

        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.False((bool)run.Summary["run"]!["trusted"]!);
        Assert.Contains("results not trustworthy: ", run.Process.ErrorText, StringComparison.Ordinal);

        // Three seconds were closed when it stopped: that was within the fourth, or soon after it on a slow machine.
        var lag = Assert.Single(
            run.Summary["run"]!["untrustedReasons"]!.AsArray().Select(r => Lag().Match((string)r!)), m => m.Success && Number(m, "ms") > 1500);
        Assert.InRange(Number(lag, "from"), 0, 5);
        Assert.InRange(Number(lag, "to"), 5, 8);
        Assert.InRange(Number(lag, "ms"), Frozen.TotalMilliseconds - 500, frozen.TotalMilliseconds + 1000);

        // The second in which it happened tells the same in the timeline, and so does the worst of the run.
        var worst = File.ReadLines(Path.Combine(results, "timeline.jsonl")).Select(l => JsonNode.Parse(l)!)
            .Where(l => l["health"]!.AsObject().Count > 0)
            .MaxBy(l => LagMs(l["health"]!))!;
        Assert.InRange((int)worst["number"]!, 3, 5);
        Assert.Equal(LagMs(worst["health"]!), LagMs(run.Summary["generator"]!));
    }

    private static double LagMs(JsonNode health) => (double)health.AsObject().Single().Value!["lagMs"]!;

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<from>\d+) s to (?<to>\d+) s: scheduling lag up to (?<ms>[\d,]+) ms$")]
    private static partial Regex Lag();
}
