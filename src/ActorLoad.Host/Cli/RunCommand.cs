using System.CommandLine;
using ActorLoad.Host.Running;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Reading;

namespace ActorLoad.Host.Cli;

/// <summary><c>run FILE</c>: a scenario, in this process.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The scenario, a HOCON file." };
        var overrides = new OverrideOptions();
        var output = CreateOut();
        var json = CreateJson();
        var command = new Command("run", "Runs a scenario in this process and reports what every client received.") { file, output, json };
        overrides.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var result = ScenarioLoader.Load(parsed.GetValue(file)!, overrides.Read(parsed));
            return result.IsValid
                ? RunSession.RunAsync(new RunOptions(result.Scenario, result.ResolvedText, parsed.GetValue(output), parsed.GetValue(json)))
                : Task.FromResult(Mistakes.Print(result));
        });
        return command;
    }

    public static Option<string?> CreateOut() =>
        new("--out") { Description = "The run folder. Default: results/<run-id>.", HelpName = "dir" };

    public static Option<bool> CreateJson() =>
        new("--json") { Description = "Prints summary.json, and nothing else, on standard output." };
}
