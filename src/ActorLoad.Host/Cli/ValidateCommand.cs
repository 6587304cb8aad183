using System.CommandLine;
using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary><c>validate FILE</c>: the compiled plan, or every mistake.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The scenario, a HOCON file." };
        var overrides = new OverrideOptions();
        var command = new Command("validate", "Prints the compiled plan of a scenario, or every mistake in it with file and line.") { file };
        overrides.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = ScenarioLoader.Load(parsed.GetValue(file)!, overrides.Read(parsed));
            if (!result.IsValid)
            {
                return Mistakes.Print(result);
            }

            foreach (var line in PlanDescription.Describe(result.Scenario, result.HasSecretBaseUrl))
            {
                Console.Out.WriteLine(line);
            }

            return ExitCodes.Passed;
        });
        return command;
    }
}
