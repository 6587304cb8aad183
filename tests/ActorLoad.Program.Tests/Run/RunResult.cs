using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>What a run printed and left behind.</summary>
internal sealed class RunResult
{
    public RunResult(ProcessResult process)
    {
        Process = process;
        try
        {
            Summary = JsonNode.Parse(process.OutputText)!;
        }
        catch (System.Text.Json.JsonException)
        {
            throw new InvalidOperationException($"standard output is no JSON document:\n{process.OutputText}\n{process.ErrorText}");
        }
    }

    public ProcessResult Process { get; }

    public int ExitCode => Process.ExitCode;

    public JsonNode Summary { get; }

    public string Status => (string)Summary["run"]!["status"]!;

    public long Counter(string name) => (long)Summary["counters"]![name]!;

    public long Failures(string where, string reason) => Summary["failures"]!.AsArray()
        .Where(f => (string)f!["where"]! == where && (string)f["reason"]! == reason)
        .Sum(f => (long)f!["count"]!);

    /// <summary>passed, failed, interrupted of each task, as "type.task".</summary>
    public IReadOnlyDictionary<string, (long Passed, long Failed, long Interrupted)> Tasks => Summary["userTypes"]!.AsObject()
        .SelectMany(type => type.Value!["tasks"]!.AsObject().Select(task => (
            Name: $"{type.Key}.{task.Key}",
            Counts: ((long)task.Value!["passed"]!, (long)task.Value["failed"]!, (long)task.Value["interrupted"]!))))
        .ToDictionary(t => t.Name, t => t.Counts);

    public override string ToString() => $"exit {ExitCode}\n{Process.OutputText}\n{Process.ErrorText}";
}
