using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Everybody is dropped at once, by the scenario and by a target that is killed and comes back: the reports against the target's own accept log.</summary>
public sealed class StormTests
{
    private const int Users = 500;

    private const string Scenario =
        """
        scenario {
          name = storm
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 2s, users = 500 }, { duration = 5m, users = 500 } ] }
          reconnect { min-backoff = 400ms, max-backoff = 1s, jitter = 0.5 }
          measure { sequence = "id" }
          events-at = [ { at = 5s, drop { fraction = 1.0, hold = 200ms } }, { at = 8s, drop { fraction = 0.4, over = 1s } } ]
          users { holder { tasks { hold { steps = [
            { subscribe { stream = main, path = "/api/events/stream" } }
            { listen { stream = main, for = 10m } }
          ] } } } }
        }
        """;

    [Fact]
    public async Task The_report_of_each_storm_is_right_against_the_accept_log_of_the_target()
    {
        using var folder = new ScratchFolder();
        var log = Path.Combine(folder.Path, "accepts.jsonl");
        string[] options =
            ["--interval", "500ms", "--retry", "0", "--journal", Path.Combine(folder.Path, "journal"), "--accept-log", log];
        var first = await TargetProcess.StartAsync(port: 0, options);
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("storm.conf", Scenario), "--base-url", first.BaseUrl.AbsoluteUri);

        // Opened, dropped at 5 s and opened again; of the second storm's 200 as many are back as it has dropped.
        var run = Path.Combine(folder.Path, "run");
        await Timeline.UntilAsync(run, "disconnects", Users + 195);
        await first.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams open again");
        await Timeline.UntilAsync(run, "connects_opened", (2 * Users) + 195);
        await first.KillAsync();

        // How long the target is away is part of the case, not a wait for something.
        await Task.Delay(TimeSpan.FromSeconds(1));
        await using var second = await TargetProcess.StartAsync(first.BaseUrl.Port, options);
        await second.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams open again");
        await second.UntilAsync(s => (long)s["events"]!["sent"]! > 3 * Users, "events flow again");
        process.Interrupt();
        var result = await process.RunResultAsync();

        var storms = result.Summary["storms"]!.AsArray().Select(s => s!).ToList();
        Assert.True(storms.Count == 3, result.ToString());
        Assert.Equal([("client", 0), ("client", 1), ("server", 0)], storms.Select(s => ((string)s["cause"]!, (int)s["number"]!)));
        var partly = (long)storms[1]["dropped"]!;
        Assert.InRange(partly, 195, 205);
        Assert.Equal([Users, partly, Users], storms.Select(s => (long)s["dropped"]!));
        Assert.Equal([Users, partly, Users], storms.Select(s => (long)s["back"]!));
        Assert.All(storms, s => Assert.Equal((Users, 0, 0), ((long)s["streamsBefore"]!, (long)s["neverBack"]!, (long)s["eventsMissed"]!)));
        Assert.Equal([0, 0], storms[..2].Select(s => (long)s["failures"]!));
        Assert.Equal(result.Counter("connects_failed"), (long)storms[2]["failures"]!);
        Assert.Equal((2 * Users) + partly, result.Counter("disconnects"));
        Assert.Equal(Users + partly, result.Failures("disconnect", "dropped"));
        Assert.Equal(result.Counter("connects_attempted") - Users, storms.Sum(s => (long)s["attempts"]!));
        Assert.InRange((double)storms[0]["backP50"]!, 400, 5000);

        for (var i = 0; i < storms.Count; i++)
        {
            AssertRecovery(storms[i], new AcceptedStreams(log, Start(storms[i]), i + 1 < storms.Count ? Start(storms[i + 1]) : long.MaxValue));
        }
    }

    [Fact]
    public async Task A_storm_takes_the_streams_that_it_names_and_holds_them_away()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "50ms", "--retry", "0");
        var file = folder.Write("storm.conf", $$"""
            steps = [
              { subscribe { stream = news, path = "/api/events/stream" } }
              { subscribe { stream = chat, path = "/api/events/stream" } }
              { listen { stream = news, for = 10m } }
            ]
            scenario {
              name = storm
              base-url = "{{target.BaseUrl}}"
              load { stages = [ { duration = 0s, users = 20 }, { duration = 3500ms, users = 20 } ] }
              reconnect { min-backoff = 10ms, max-backoff = 20ms }
              events-at = [ { at = 1500ms, drop { hold = 700ms, user-type = reader, stream = news } } ]
              users { reader.tasks.hold.steps = ${steps}, writer.tasks.hold.steps = ${steps} }
            }
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        var run = await process.RunResultAsync();

        // 20 users with two streams each; of one type and one name are 10.
        Assert.True(run.ExitCode == 0, run.ToString());
        var storm = Assert.Single(run.Summary["storms"]!.AsArray())!;
        Assert.Equal((10, 10, 0, 10), ((long)storm["dropped"]!, (long)storm["back"]!, (long)storm["neverBack"]!, (long)storm["attempts"]!));
        Assert.Equal((10, 10, 10), (run.Failures("disconnect", "dropped"), run.Counter("disconnects"), run.Counter("reconnects")));
        var reader = run.Summary["userTypes"]!["reader"]!;
        Assert.Equal((10, 0), ((long)reader["streams"]!["news"]!["disconnects"]!, (long?)reader["streams"]!["chat"]!["disconnects"] ?? 0));
        Assert.True((double)storm["backP50"]! >= 700, run.ToString());
        Assert.True((double)run.Summary["timings"]!["reconnect_time"]!["min"]! >= 699, run.ToString());
    }

    // A stream is accepted a moment before its client knows: what that may take on a busy machine is the only tolerance.
    private static void AssertRecovery(JsonNode storm, AcceptedStreams accepted)
    {
        const double late = 1000;
        var dropped = (long)storm["dropped"]!;
        Assert.Equal(dropped, accepted.Total);
        foreach (var (name, percent) in new[] { ("backP50", 50), ("backP95", 95), ("backP100", 100) })
        {
            var (from, to) = accepted.WhenAccepted(((dropped * percent) + 99) / 100);
            Assert.InRange((double)storm[name]!, from - 2, to + late);
        }

        var (least, most) = accepted.PeakPerSecond;
        Assert.InRange((long)storm["peakOpensPerSecond"]!, least * 8 / 10, Math.Max(most * 12 / 10, most + 10));
    }

    private static long Start(JsonNode storm) => ((DateTimeOffset)storm["startedAt"]!).ToUnixTimeMilliseconds();
}
