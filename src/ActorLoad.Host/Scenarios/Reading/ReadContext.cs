using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>What all readers of one scenario share: the mistakes so far, the environment, and which values are secret.</summary>
internal sealed class ReadContext(Func<string, string?> environment)
{
    private readonly List<ScenarioMistake> _mistakes = [];

    public IReadOnlyList<ScenarioMistake> Mistakes => _mistakes;

    /// <summary>Texts and URLs that came from the environment, by reference: the same text elsewhere is no secret.</summary>
    public HashSet<object> Secrets { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The feeds of the scenario, once they are read.</summary>
    public IReadOnlyList<Messages.Scenarios.Feed> Feeds { get; set; } = [];

    /// <summary>The variables of the user type that is being read; null outside of user types.</summary>
    public VariableUses? Variables { get; set; }

    public string? Variable(string name) => environment(name);

    public void Add(HoconPosition at, string path, string message) =>
        _mistakes.Add(new ScenarioMistake(at.File, at.Line, path, message));
}
