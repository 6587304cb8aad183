namespace ActorLoad.Messages.Scenarios;

/// <summary>Every template that a user of a type may come to render.</summary>
public static class UserTemplates
{
    public static IEnumerable<Template> Of(UserType type) =>
        type.OnStart.Concat(type.Tasks.SelectMany(t => t.Steps)).Concat(type.OnStop).SelectMany(Of);

    public static IEnumerable<Template> Of(Step step) => step switch
    {
        SubscribeStep s => [s.Path, .. Values(s.Query), .. Values(s.Headers), .. Some(s.Body)],
        RequestStep s => [s.Path, .. Values(s.Query), .. Values(s.Headers), .. Some(s.Body)],
        AwaitStep s => [.. Some(s.DataContains), .. Some(s.DataJson?.EqualTo)],
        ParallelStep s => s.Branches.SelectMany(b => b).SelectMany(Of),
        _ => [],
    };

    private static IEnumerable<Template> Values(IReadOnlyList<HeaderTemplate> pairs) => pairs.Select(p => p.Value);

    private static IEnumerable<Template> Some(Template? template) => template is null ? [] : [template];
}
