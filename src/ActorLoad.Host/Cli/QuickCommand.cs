using System.CommandLine;
using ActorLoad.Host.Running;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Reading;

namespace ActorLoad.Host.Cli;

/// <summary><c>quick URL</c>: one stream per user, no scenario file needed.</summary>
internal static class QuickCommand
{
    private const int DefaultUsers = 10;

    public static Command Create()
    {
        var url = CliOptions.Url("URL", "The event stream.");
        var users = CliOptions.Value("--users", ValueKinds.Whole(1, 10_000_000), $"Users, each with one stream. Default: {DefaultUsers}.");
        var duration = CliOptions.Value("--duration", ValueKinds.PositiveDuration, "The whole run, ramp included. Default: 30s.");
        var ramp = CliOptions.Value("--ramp", ValueKinds.Duration, "How long until all users are there. Default: at once.");
        var headers = CliOptions.Headers("-H");
        var transport = new TransportOptions(many: true);
        var output = RunCommand.CreateOut();
        var json = RunCommand.CreateJson();
        var command = new Command("quick", "Opens one stream per user and holds it: will this endpoint take so many?")
        {
            url, users, duration, ramp, headers, output, json,
        };
        transport.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var scenario = ScenarioFactory.Quick(
                parsed.GetValue(url)!,
                parsed.GetValue(users) ?? DefaultUsers,
                parsed.GetValue(duration) ?? TimeSpan.FromSeconds(30),
                parsed.GetValue(ramp) ?? TimeSpan.Zero,
                parsed.GetValue(headers)!,
                transport.Read(parsed));
            return RunSession.RunAsync(new RunOptions(
                scenario, ScenarioText.Write(scenario), parsed.GetValue(output), parsed.GetValue(json)));
        });
        return command;
    }
}
