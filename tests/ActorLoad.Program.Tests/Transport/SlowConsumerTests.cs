using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Transport;

public sealed class SlowConsumerTests
{
    private const int UsersOfEach = 3;
    private const int Rate = 4096;
    private const int Enough = 5000;

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("h2c", "2")]
    public async Task The_target_feels_those_who_read_slowly_and_those_who_stop(string scheme, string version)
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartOnAsync(
            ["http://127.0.0.1:0", $"{scheme}://127.0.0.1:0"], "--send-buffer", "8KiB", "--ring", "100000", "--heartbeat", "0");
        var file = Path.Combine(folder.Path, "slow.conf");
        File.WriteAllText(
            file,
            $$"""
            scenario {
              name = slow
              base-url = "{{target.Urls[^1].GetLeftPart(UriPartial.Authority)}}"
              http { version = "{{version}}", streams-per-connection = {{(version == "2" ? 2 : 1)}} }
              load.stages = [ { duration = 0s, users = {{2 * UsersOfEach}} }, { duration = 2m, users = {{2 * UsersOfEach}} } ]
              stall-after = 1s
              users {
                crawling { read-rate = {{Rate}}B/s, tasks.hold.steps = ${steps} }
                deaf { stop-reading-after = {{Enough}}B, tasks.hold.steps = ${steps} }
              }
            }
            steps = [ { subscribe { stream = main, path = "/api/events/prices?interval_ms=1&from=start" } }, { pause = 10m } ]
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        await target.UntilAsync(
            s => (long)s["writesBlocked"]! >= 2 * UsersOfEach && (long)s["streams"]!["open"]! == 2 * UsersOfEach, "every stream held back");
        await Timeline.UntilAsync(Path.Combine(folder.Path, "run"), "bytes", UsersOfEach * (Enough + (3 * Rate)));
        process.Interrupt();
        var run = await process.RunResultAsync();

        Assert.Equal(UsersOfEach * Enough, Bytes(run, "deaf"));
        var seconds = (double)run.Summary["run"]!["durationSeconds"]!;
        Assert.InRange(Bytes(run, "crawling"), UsersOfEach * Rate, UsersOfEach * Rate * seconds);

        // Who does not read cannot complain about silence.
        Assert.Equal((0, 0), (run.Counter("streams_stalled"), run.Counter("disconnects")));
        var sent = (long)(await target.StatsAsync())["bytes"]!;
        Assert.True(sent > run.Counter("bytes"), $"the target got rid of {sent} bytes, {run.Counter("bytes")} of them were read");
    }

    private static long Bytes(RunResult run, string type) => (long)run.Summary["userTypes"]![type]!["counters"]!["bytes"]!;
}
