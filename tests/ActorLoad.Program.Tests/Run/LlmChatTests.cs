using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Finite streams opened by POST: what the receiver saw against what the target says it did.</summary>
public sealed class LlmChatTests
{
    private const string Scenario = """
        scenario {
          name = llm
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 0s, users = 10 }, { duration = 4s, users = 10 } ] }
          graceful-stop = 10s
          users.asker {
            wait = 100ms
            tasks.ask.steps = [
              { subscribe {
                  stream = answer, method = POST, path = "/v1/chat/completions"
                  query { first_token_ms = 300, token_gap_ms = 20, FAULT }
                  body = "{\"stream\":true,\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"{{user.id}}\"}]}"
                  until { data = "[DONE]" }
              } }
              { await { stream = answer, data-json { pointer = "/choices/0/finish_reason", equals = length }, within = 20s } }
              { await { stream = answer, done = true, within = 5s } }
            ]
          }
          thresholds {
            time_to_first_event = [ "min >= 299ms" ]
            time_per_event = [ "mean >= 18ms", "min > 10ms" ]
            time_to_done = [ "min >= 670ms" ]
            streams_completed = [ "count > 0" ]
          }
        }
        """;

    [Fact]
    public async Task Every_token_is_counted_and_timed_and_every_answer_is_complete()
    {
        var (run, target) = await RunAsync("seed = 1");
        Assert.True(run.ExitCode == 0, run.ToString());
        var answers = run.Counter("streams_completed");
        Assert.True(answers >= 10, run.ToString());

        // Both sides agree to the last token.
        Assert.Equal((long)target["completions"]!["done"]!, answers);
        Assert.Equal((long)target["completions"]!["streamed"]!, answers);
        Assert.Equal((long)target["completions"]!["tokens"]!, answers * 20);
        Assert.Equal((long)target["events"]!["sent"]!, run.Counter("events"));
        Assert.Equal(answers * 21, run.Counter("events"));
        Assert.Equal(answers, (long)target["streams"]!["closed"]!["done"]!);

        // Complete is not lost: nothing disconnected, nothing asked again, no task failed.
        Assert.Equal([answers, answers, 0, 0, 0], new[] { "connects_attempted", "connects_opened", "disconnects", "reconnects", "tasks_failed" }.Select(run.Counter));
        Assert.Equal(answers, run.Tasks["asker.ask"].Passed);
        var timings = run.Summary["timings"]!;
        Assert.Equal(
            [answers, answers, answers, answers * 20],
            new[] { "time_to_first_event", "time_to_done", "time_per_event", "event_gap" }.Select(t => (long)timings[t]!["count"]!));

        // 19 gaps of 20 ms between the first token and the last: 50 tokens a second, never more than a little above.
        var finite = run.Summary["userTypes"]!["asker"]!["finiteStreams"]!;
        Assert.Equal((answers, answers), ((long)finite["completed"]!, (long)finite["opened"]!));
        Assert.InRange((double)finite["eventsPerSecondP50"]!, 5, 55);
        var seconds = (double)run.Summary["run"]!["durationSeconds"]!;
        Assert.Equal(answers * 20 / seconds, (double)finite["eventsPerSecond"]!, 1.0);
    }

    [Fact]
    public async Task An_answer_that_is_cut_short_fails_its_task_and_is_not_asked_for_again()
    {
        var (run, target) = await RunAsync("cut_after = 20");
        var asked = run.Counter("connects_attempted");
        Assert.True(asked >= 10, run.ToString());
        Assert.Equal(99, run.ExitCode);
        Assert.Equal((asked, asked), ((long)target["completions"]!["streamed"]!, run.Counter("tasks_failed") + run.Counter("tasks_interrupted")));

        // All 20 tokens came, so the await passed; what is missing is the marker alone.
        Assert.Equal([0, asked, 0], new[] { "streams_completed", "disconnects", "reconnects" }.Select(run.Counter));
        Assert.Equal(asked, run.Failures("disconnect", "truncated"));
        Assert.Equal(run.Counter("tasks_failed"), run.Failures("task", "truncated"));
        Assert.Equal(asked * 20, run.Counter("events"));
    }

    private static async Task<(RunResult Run, JsonNode Target)> RunAsync(string fault)
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("llm.conf", Scenario.Replace("FAULT", fault)), "--base-url", target.BaseUrl.AbsoluteUri);
        var run = await process.RunResultAsync();
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == 0, "all streams closed");
        return (run, await target.StatsAsync());
    }
}
