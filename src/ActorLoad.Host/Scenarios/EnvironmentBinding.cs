using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>
/// Puts the values of environment variables into a scenario that will run in other processes: their environment is another
/// one. What had such a field becomes secret, and is shown as <c>***</c> from then on.
/// </summary>
internal static class EnvironmentBinding
{
    /// <exception cref="FormatException">A value cannot be sent; the message names the variable, not the value.</exception>
    public static Scenario Bind(Scenario scenario, Func<string, string?> environment) => scenario with
    {
        Http = scenario.Http with { Headers = Pairs(scenario.Http.Headers, environment) },
        UserTypes = [.. scenario.UserTypes.Select(t => t with
        {
            OnStart = Steps(t.OnStart, environment),
            OnStop = Steps(t.OnStop, environment),
            Tasks = [.. t.Tasks.Select(task => task with { Steps = Steps(task.Steps, environment) })],
        })],
    };

    private static IReadOnlyList<Step> Steps(IReadOnlyList<Step> steps, Func<string, string?> environment) =>
        [.. steps.Select(s => Bind(s, environment))];

    private static Step Bind(Step step, Func<string, string?> environment) => step switch
    {
        SubscribeStep s => s with
        {
            Path = s.Path.Bound(environment),
            Query = Pairs(s.Query, environment),
            Headers = Pairs(s.Headers, environment),
            Body = s.Body?.Bound(environment),
        },
        RequestStep s => s with
        {
            Path = s.Path.Bound(environment),
            Query = Pairs(s.Query, environment),
            Headers = Pairs(s.Headers, environment),
            Body = s.Body?.Bound(environment),
        },
        AwaitStep s => s with
        {
            DataContains = s.DataContains?.Bound(environment),
            DataJson = s.DataJson is { } match ? match with { EqualTo = match.EqualTo.Bound(environment) } : null,
        },
        ParallelStep s => new ParallelStep([.. s.Branches.Select(b => Steps(b, environment))]),
        _ => step,
    };

    private static IReadOnlyList<HeaderTemplate> Pairs(IReadOnlyList<HeaderTemplate> pairs, Func<string, string?> environment) =>
        [.. pairs.Select(p => p with { Value = p.Value.Bound(environment) })];
}
