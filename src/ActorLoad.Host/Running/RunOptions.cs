using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Running;

/// <summary>A run as the command line asked for it.</summary>
/// <param name="ScenarioText">The resolved scenario, secrets masked, for the run folder.</param>
/// <param name="Out">The run folder, or null for <c>results/&lt;run-id&gt;</c>.</param>
/// <param name="Json">Print summary.json, and nothing else, on standard output.</param>
internal sealed record RunOptions(Scenario Scenario, string ScenarioText, string? Out, bool Json);
