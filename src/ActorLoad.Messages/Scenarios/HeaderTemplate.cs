namespace ActorLoad.Messages.Scenarios;

/// <summary>A header or query parameter whose value is rendered per user.</summary>
public sealed record HeaderTemplate(string Name, Template Value);
