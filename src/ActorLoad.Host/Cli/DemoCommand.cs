using System.CommandLine;
using ActorLoad.Host.Running;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Host.Target;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary><c>demo</c>: the embedded target and two ready scenarios against it.</summary>
internal static class DemoCommand
{
    private static readonly string[] Files = ["sse-basic.conf", "sse-advanced.conf"];

    public static Command Create()
    {
        var duration = CliOptions.Value("--duration", ValueKinds.PositiveDuration, "How long it runs. Default: 30s.");
        var users = CliOptions.Value("--users", ValueKinds.Whole(1, 100_000), "Users in all. Default: as the scenarios say.");
        var output = RunCommand.CreateOut();
        var json = RunCommand.CreateJson();
        var command = new Command("demo", "Starts the embedded target and runs sse-basic.conf and sse-advanced.conf against it.")
        {
            duration, users, output, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            await using var target = await EmbeddedTarget.StartAsync(new TargetOptions { Urls = "http://127.0.0.1:0" }).ConfigureAwait(false);
            await Console.Error.WriteLineAsync(
                $"embedded target on {target.BaseUrl}, scenarios {string.Join(" and ", Files)}").ConfigureAwait(false);
            var scenario = DemoScenario.Combine(
                "demo", target.BaseUrl, parsed.GetValue(duration) ?? TimeSpan.FromSeconds(30), parsed.GetValue(users), [.. Files.Select(Load)]);
            return await RunSession.RunAsync(new RunOptions(
                scenario, ScenarioText.Write(scenario), parsed.GetValue(output), parsed.GetValue(json))).ConfigureAwait(false);
        });
        return command;
    }

    private static Scenario Load(string file)
    {
        var result = ScenarioLoader.Load(Path.Combine(AppContext.BaseDirectory, "scenarios", file), ScenarioOverrides.None);
        return result.IsValid
            ? result.Scenario
            : throw new UsageException($"the scenario {file} that belongs to this program does not validate: {result.Mistakes[0]}");
    }
}
