namespace ActorLoad.Messages.Scenarios;

/// <summary>Whose template is rendered, and when.</summary>
public readonly record struct TemplateContext(long UserId, string UserType, TimeProvider Time)
{
    /// <summary>Needed by templates with feed fields only.</summary>
    public FeedFields? Feeds { get; init; }

    /// <summary>What the user has extracted so far; null = nothing yet.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}
