using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Numbers as servers send them: several publishers on a stream, absurd values, completeness, thresholds.</summary>
public sealed class SequenceTests
{
    [Fact]
    public async Task Publishers_are_counted_apart_and_absurd_numbers_break_nothing()
    {
        string[] data =
        [
            """{"from":"a","n":1}""", """{"from":"b","n":900}""", """{"from":"a","n":2}""", """{"from":"b","n":901}""",
            """{"from":"a","n":5}""", """{"from":"b","n":901}""", """{"from":"a","n":4}""",
            """{"from":"a","n":-7}""", """{"from":"a","n":9223372036854775808}""", """{"from":"a","n":"soon"}""",
            """{"from":"a"}""", """{"n":6}""", "no JSON", """{"from":"a","n":6}""",
        ];
        using var folder = new ScratchFolder();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk(string.Concat(data.Select(d => $"data: {d}\n\n"))).Chunk("event: ping\ndata: still here\n\n").KeepOpen());
        await using var process = RunCommand.Start(folder, "run", folder.Write("s.conf", $$"""
            scenario {
              name = publishers
              base-url = "{{server.UrlOf("/")}}"
              load { stages = [ { duration = 0s, users = 1 }, { duration = 2s, users = 1 } ] }
              measure { sequence = "/n", key = "/from" }
              users { one { wait = 1h, tasks { follow { steps = [
                { subscribe { stream = all, path = "/events" } }
                { await { stream = all, events = 15, within = 20s } }
              ] } } } }
              thresholds {
                events_missed = [ "count == 1", "rate < 20%" ]
                events_duplicated = [ "count == 0" ]
                measure_errors = [ "count == 6" ]
              }
            }
            """));

        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 99, run.ToString());
        Assert.Equal((15, 8), (run.Counter("events"), run.Counter("events_sequenced")));
        Assert.Equal((1, 1, 1), (run.Counter("events_missed"), run.Counter("events_duplicated"), run.Counter("events_reordered")));
        Assert.Equal(6, run.Counter("measure_errors"));
        Assert.Equal(
            (2, 1, 2, 1),
            (run.Failures("measure", "out-of-range"), run.Failures("measure", "wrong-type"), run.Failures("measure", "missing-field"), run.Failures("measure", "not-json")));
        Assert.Equal([true, true, false, true], run.Summary["thresholds"]!.AsArray().Select(t => (bool)t!["passed"]!));
        Assert.Equal(1, run.Counter("tasks_passed"));
        var samples = run.Summary["integrity"]!["samples"]!.AsArray().Select(s => ((string)s!["kind"]!, (string)s["key"]!, (long)s["number"]!));
        Assert.Equal([("missed", "a", 3L), ("duplicated", "b", 901L), ("reordered", "a", 4L)], samples);
        var report = await ActorLoadProcess.RunAsync("report", Path.Combine(folder.Path, "run"), "--format", "md");
        Assert.Contains("| `one` | `all` | 8 | 1 | 1 | 1 |", report.OutputText, StringComparison.Ordinal);
        Assert.Contains("| missed | 3 | `a` | 0 | `one` | `all` |", report.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_demands_all_events_fails_when_one_is_missing_and_not_when_it_was_only_late()
    {
        using var folder = new ScratchFolder();
        var events = string.Concat(new[] { 1, 2, 4, 3, 7, 8 }.Select(id => $"id: {id}\ndata: x\n\n"));
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk(events).KeepOpen());
        await using var process = RunCommand.Start(folder, "run", folder.Write("s.conf", $$"""
            scenario {
              name = complete
              base-url = "{{server.UrlOf("/")}}"
              load { stages = [ { duration = 0s, users = 2 }, { duration = 3s, users = 2 } ] }
              measure { sequence = "id" }
              users {
                late { wait = 1h, tasks { follow { steps = [
                  { subscribe { stream = s, path = "/events" } }
                  { await { stream = s, events = 4, complete = true } }
                ] } } }
                missing { wait = 1h, tasks { follow { steps = [
                  { subscribe { stream = s, path = "/events" } }
                  { await { stream = s, events = 4, complete = true } }
                  { listen { stream = s, for = 1s, min-events = 2, complete = true } }
                ] } } }
              }
              thresholds { users.missing.tasks_failed = "count == 1", events_missed = "count < 1" }
            }
            """));

        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 99, run.ToString());
        Assert.Equal((1, 0, 0), run.Tasks["late.follow"]);
        Assert.Equal((0, 1, 0), run.Tasks["missing.follow"]);
        Assert.Equal(1, run.Failures("task", "incomplete"));
        Assert.Contains("missed 2 events", run.Process.OutputText, StringComparison.Ordinal);
        Assert.Equal([true, false], run.Summary["thresholds"]!.AsArray().Select(t => (bool)t!["passed"]!).OrderDescending());
        Assert.Equal(4, run.Counter("events_missed"));
    }
}
