using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Cluster;

/// <summary>A run as it was asked for; complete enough for another coordinator to carry it on.</summary>
/// <param name="ScenarioText">The resolved scenario, secrets masked, for the run folder.</param>
public sealed record RunOrder(RunId Run, Scenario Scenario, string ScenarioText, DateTimeOffset SubmittedAt);
