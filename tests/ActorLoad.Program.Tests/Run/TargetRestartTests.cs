using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>The target is killed in the middle of a run and comes back five seconds later.</summary>
public sealed class TargetRestartTests
{
    private const int Users = 1000;

    private const string Scenario =
        """
        scenario {
          name = restart
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 3s, users = 1000 }, { duration = 5m, users = 1000 } ] }
          reconnect { min-backoff = 300ms, max-backoff = 2s, jitter = 0.3 }
          users { holder { tasks { hold { steps = [
            { subscribe { stream = main, path = "/api/events/stream?from=start" } }
            { listen { stream = main, for = 10m } }
          ] } } } }
        }
        """;

    [Fact]
    public async Task Every_user_comes_back_with_its_last_event_id_and_nothing_is_lost()
    {
        using var folder = new ScratchFolder();
        string[] options =
            ["--interval", "200ms", "--retry", "300ms", "--heartbeat", "1s", "--journal", Path.Combine(folder.Path, "journal")];
        var first = await TargetProcess.StartAsync(port: 0, options);
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("restart.conf", Scenario), "--base-url", first.BaseUrl.AbsoluteUri);
        await first.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams open");
        await first.UntilAsync(s => (long)s["events"]!["sent"]! > 10 * Users, "events flow");
        var before = ResidentMemory.Of(process.Id);
        await first.KillAsync();

        // How long the target is away is part of the case, not a wait for something.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await using var second = await TargetProcess.StartAsync(first.BaseUrl.Port, options);
        await second.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams open again");
        await second.UntilAsync(s => (long)s["events"]!["sent"]! > 10 * Users, "events flow again");
        await second.PauseAsync();
        var stats = await second.StatsAsync();
        var published = await second.CountEventsAsync("/api/events/stream?from=start");
        var after = ResidentMemory.Of(process.Id);
        process.Interrupt();
        var run = await process.RunResultAsync();

        Assert.Equal(Users * published, run.Counter("events"));
        Assert.Equal(Users, (long)stats["streams"]!["resumed"]!);
        Assert.Equal(0, (long)stats["streams"]!["resumesGap"]!);
        Assert.Equal(Users, run.Counter("users_started"));
        Assert.Equal(0, run.Counter("users_crashed"));
        Assert.Equal(0, run.Counter("tasks_failed"));
        Assert.Equal(2 * Users, run.Counter("connects_opened"));
        Assert.Equal(run.Counter("connects_attempted"), run.Counter("connects_opened") + run.Counter("connects_failed"));
        Assert.Equal(run.Failures("connect", "connect"), run.Counter("connects_failed"));
        Assert.Equal(Users, run.Counter("disconnects"));
        Assert.Equal(Users, run.Failures("disconnect", "reset") + run.Failures("disconnect", "truncated"));
        Assert.Equal(Users, run.Counter("reconnects"));
        Assert.Equal(Users, (long)run.Summary["timings"]!["reconnect_time"]!["count"]!);
        Assert.True((double)run.Summary["timings"]!["reconnect_time"]!["min"]! > 4000, run.ToString());

        // Flat: thousands of failed attempts and a thousand restarts leave nothing behind but what the heap keeps in reserve.
        Assert.True(after < before + (64L << 20), $"resident memory grew from {before >> 20} to {after >> 20} MiB");
    }
}
