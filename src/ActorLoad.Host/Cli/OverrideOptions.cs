using System.CommandLine;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Reading;

namespace ActorLoad.Host.Cli;

/// <summary>What <c>run</c>, <c>validate</c> and <c>submit</c> can change in a scenario file.</summary>
internal sealed class OverrideOptions
{
    private readonly Option<string?> _baseUrl = new("--base-url") { Description = "The target, instead of the scenario's base-url.", HelpName = "url" };

    private readonly Option<int?> _users =
        CliOptions.Value("--users", ValueKinds.Whole(1, 10_000_000), "The plan keeps its shape and peaks at this number of users.");

    private readonly Option<TimeSpan?> _duration =
        CliOptions.Value("--duration", ValueKinds.PositiveDuration, "A longer plan ends after this time.");

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets one value of the scenario, such as load.stages[0].users=5; may be given several times.",
        HelpName = "path=value",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_baseUrl);
        command.Options.Add(_users);
        command.Options.Add(_duration);
        command.Options.Add(_set);
    }

    public ScenarioOverrides Read(ParseResult parsed) => new()
    {
        BaseUrl = parsed.GetValue(_baseUrl),
        Users = parsed.GetValue(_users),
        Duration = parsed.GetValue(_duration),
        Set = parsed.GetValue(_set) ?? [],
    };
}
