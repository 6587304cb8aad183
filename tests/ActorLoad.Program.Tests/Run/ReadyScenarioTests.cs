namespace ActorLoad.Program.Tests.Run;

/// <summary>Each ready scenario is green against the embedded target, and both sides have counted the same.</summary>
public sealed class ReadyScenarioTests(ReadyScenarioRuns runs) : IClassFixture<ReadyScenarioRuns>
{
    public static TheoryData<string> Scenarios => [.. ReadyScenarioRuns.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_ready_scenario_is_green(string name)
    {
        var (run, _) = await runs.OfAsync(name);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("passed", run.Status);
        Assert.NotEmpty(run.Tasks);
        Assert.All(run.Tasks, task => Assert.True(task.Value is { Passed: > 0, Failed: 0 }, $"{task}\n{run}"));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_target_has_counted_the_same(string name)
    {
        var (run, target) = await runs.OfAsync(name);

        Assert.Equal((long)target["streams"]!["opened"]!, run.Counter("connects_opened"));
        Assert.Equal(run.Counter("connects_attempted"), run.Counter("connects_opened") + run.Counter("connects_failed"));
        var answered = target["requests"]!.AsObject().Sum(r => (long)r.Value!);
        var counted = run.Counter("connects_attempted") + run.Counter("requests");

        // A request whose task is interrupted at the end of the run counts nowhere, and may have reached the target.
        var calledOff = run.Counter("requests") > 0 ? run.Counter("tasks_interrupted") : 0;
        Assert.InRange(answered, counted, counted + calledOff);
        Assert.Equal(run.Counter("events"), run.Summary["events"]!.AsObject().Sum(e => (long)e.Value!));

        // An event can be on its way at the moment when a user closes its stream: then it was sent and never received. On a
        // channel of one event per second that is at most one for each stream that the client has closed; in a chat room
        // everybody leaves at the end of the run, and each leaving is announced to those whose leaving is not known yet.
        var (sent, received) = ((long)target["events"]!["sent"]!, run.Counter("events"));
        var closed = (long)target["streams"]!["closed"]!["client"]!;
        var goodbyes = name == "chat" ? ReadyScenarioRuns.Users * (ReadyScenarioRuns.Users - 1) / 2 : 0;
        Assert.InRange(received, Math.Max(1, sent - closed - goodbyes), sent);
    }
}
