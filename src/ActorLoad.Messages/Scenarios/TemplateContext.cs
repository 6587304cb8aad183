namespace ActorLoad.Messages.Scenarios;

/// <summary>Whose template is rendered, and when.</summary>
public readonly record struct TemplateContext(long UserId, string UserType, TimeProvider Time);
