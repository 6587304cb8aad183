using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>The open model and churn, as the target sees them.</summary>
public sealed class ArrivalTests
{
    [Fact]
    public async Task Every_arrival_of_an_open_plan_starts_in_its_time_and_leaves_after_its_task()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "20ms");
        var (result, seconds) = await RunAsync(folder, target, """
            load { model = open, max-users = 500, start-rate = 0, stages = [ { duration = 2s, rate = 100 }, { duration = 3s, rate = 100 }, { duration = 1s, rate = 0 } ] }
            users.visitor.tasks.visit.steps = [
              { subscribe { stream = main, path = "/api/events/stream" } }
              { await { stream = main } }
              { close = main }
            ]
            """);

        // 100 of the climb, 300 at the rate, 50 on the way down.
        Assert.True(result.ExitCode == 0, result.ToString());
        var users = result.Counter("users_started");
        Assert.Equal(450, users + result.Counter("arrivals_dropped"));
        Assert.InRange(users, 400, 450);
        Assert.Equal((users, users), (result.Counter("users_finished"), result.Counter("tasks_passed") + result.Counter("tasks_interrupted")));
        Assert.Equal(users, (long)result.Summary["timings"]!["arrival_lag"]!["count"]!);
        Assert.True((double)result.Summary["timings"]!["arrival_lag"]!["p50"]! < 500, result.ToString());
        Assert.InRange((long)result.Summary["gaugesMax"]!["users_active"]!, 1, 300);

        // Started as the plan says, second by second: half a user off, and whatever a busy machine is late. Its first second may be
        // a longer one; the climb wants 25 users t² by then.
        var started = seconds.Select(s => (long?)s["counters"]!["users_started"] ?? 0).ToList();
        var first = (double)seconds[0]["length"]!;
        Assert.InRange(started[0], 0, 10 + (long)(25 * first * first));
        Assert.InRange(started[2] + started[3], 120, 260);
    }

    [Fact]
    public async Task What_finds_no_room_is_dropped_and_counted()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        var (result, seconds) = await RunAsync(folder, target, """
            load { model = open, max-users = 20, stages = [ { duration = 4s, rate = 50 } ] }
            users.stayer.tasks.stay.steps = [ { subscribe { stream = main, path = "/api/events/stream" } }, { listen { stream = main, for = 10m } } ]
            thresholds { arrivals_dropped = [ "rate == 90%", "count == 180" ] }
            """);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal((20, 180, 20), (result.Counter("users_started"), result.Counter("arrivals_dropped"), result.Counter("tasks_interrupted")));
        Assert.Equal(20, (long)result.Summary["gaugesMax"]!["users_active"]!);

        // The load was not the plan's, and the verdict says so, with the time: the first 20 were let in.
        Assert.False((bool)result.Summary["run"]!["trusted"]!);
        var reasons = result.Summary["run"]!["untrustedReasons"]!.AsArray().Select(r => (string)r!);
        Assert.Contains(reasons, r => r.EndsWith(" s: 180 arrivals dropped", StringComparison.Ordinal));
        Assert.Equal(180, seconds.Sum(s => (long?)s["counters"]!["arrivals_dropped"] ?? 0));
    }

    [Fact]
    public async Task In_a_closed_plan_users_come_and_go_and_the_level_holds()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "50ms");
        var (result, seconds) = await RunAsync(folder, target, """
            load { stages = [ { duration = 0s, users = 30 }, { duration = 5s, users = 30 } ] }
            users {
              twice {
                iterations = 2
                tasks.one.steps = [ { subscribe { stream = main, path = "/api/events/stream", query { user_id = "{{user.id}}" } } }, { pause = 300ms }, { close = main } ]
              }
              mortal {
                lifetime = { min = 400ms, max = 900ms }
                tasks.hold.steps = [ { subscribe { stream = main, path = "/api/events/stream" } }, { listen { stream = main, for = 10m } } ]
              }
            }
            """);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(result.Counter("users_started"), result.Counter("users_finished"));
        var types = result.Summary["userTypes"]!;
        long Of(string type, string counter) => (long)types[type]!["counters"]![counter]!;

        // 15 places each; a life of "twice" takes 0.6 s and a little, one of "mortal" about 0.65 s.
        Assert.InRange(Of("twice", "users_started"), 45, 15 * 9);
        Assert.InRange(Of("mortal", "users_started"), 15 * 5, 15 * 13);
        Assert.Equal(Of("mortal", "users_started"), Of("mortal", "tasks_interrupted"));
        Assert.InRange(Of("twice", "tasks_passed"), (2 * Of("twice", "users_started")) - 30, 2 * Of("twice", "users_started"));

        // The level holds: a newcomer starts when its predecessor has gone, so there is never one too many.
        Assert.Equal(30, (long)result.Summary["gaugesMax"]!["users_active"]!);
        Assert.All(seconds.Skip(1).Take(3), s => Assert.InRange((long)s["gaugesMax"]!["users_active"]!, 27, 30));
        Assert.Equal(0, result.Counter("arrivals_dropped"));
    }

    private static async Task<(RunResult Result, List<JsonNode> Seconds)> RunAsync(ScratchFolder folder, TargetProcess target, string content)
    {
        var file = folder.Write("arrivals.conf", $"scenario {{\nname = arrivals\nbase-url = \"{target.BaseUrl}\"\n{content}\n}}");
        await using var process = RunCommand.Start(folder, "run", file);
        var result = await process.RunResultAsync();
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "run", "timeline.jsonl"));
        return (result, [.. lines.Select(l => JsonNode.Parse(l)!)]);
    }
}
