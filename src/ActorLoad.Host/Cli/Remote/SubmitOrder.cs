using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>Makes a scenario into a run that other machines can carry out: nothing in it depends on where it was submitted.</summary>
internal static class SubmitOrder
{
    /// <exception cref="UsageException">The value of an environment variable cannot be sent.</exception>
    public static RunOrder Create(ScenarioResult result, Func<string, string?> environment, DateTimeOffset now)
    {
        try
        {
            var scenario = EnvironmentBinding.Bind(result.Scenario!, environment);
            return new RunOrder(RunId.Create(now, scenario.Name), scenario, result.ResolvedText!, now);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
