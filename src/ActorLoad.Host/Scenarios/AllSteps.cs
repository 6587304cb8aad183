using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Every step of a user type, wherever it stands.</summary>
internal static class AllSteps
{
    public static IEnumerable<Step> Of(UserType type) =>
        type.OnStart.Concat(type.OnStop).Concat(type.Tasks.SelectMany(t => t.Steps)).SelectMany(Flat);

    private static IEnumerable<Step> Flat(Step step) =>
        step is ParallelStep parallel ? parallel.Branches.SelectMany(b => b.SelectMany(Flat)).Prepend(step) : [step];
}
