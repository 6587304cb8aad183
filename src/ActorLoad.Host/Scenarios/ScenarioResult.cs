using System.Diagnostics.CodeAnalysis;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Either a scenario, or everything that is wrong with it.</summary>
public sealed class ScenarioResult
{
    internal ScenarioResult(Scenario scenario, string resolvedText) =>
        (Scenario, ResolvedText, Mistakes) = (scenario, resolvedText, []);

    internal ScenarioResult(IReadOnlyList<ScenarioMistake> mistakes) => Mistakes = mistakes;

    public Scenario? Scenario { get; }

    /// <summary>The scenario as HOCON with every default filled in and secrets as <c>***</c>: the run folder's scenario.conf.</summary>
    public string? ResolvedText { get; }

    /// <summary>In the order of the file; empty when the scenario is valid.</summary>
    public IReadOnlyList<ScenarioMistake> Mistakes { get; }

    /// <summary>The base URL came from the environment: it is shown to nobody.</summary>
    public bool HasSecretBaseUrl { get; internal init; }

    [MemberNotNullWhen(true, nameof(Scenario), nameof(ResolvedText))]
    public bool IsValid => Mistakes.Count == 0;
}
