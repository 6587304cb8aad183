namespace ActorLoad.Messages.Scenarios;

/// <summary>One plain HTTP request; passes when the response's status is an expected one.</summary>
public sealed record RequestStep : Step
{
    public string Method { get; init; } = "GET";

    public required Template Path { get; init; }

    public IReadOnlyList<HeaderTemplate> Query { get; init; } = [];

    public IReadOnlyList<HeaderTemplate> Headers { get; init; } = [];

    public Template? Body { get; init; }

    /// <summary>Empty = any 2xx.</summary>
    public IReadOnlyList<int> ExpectStatus { get; init; } = [];

    /// <summary>What is kept of a good response; one that lacks any of it fails the step.</summary>
    public IReadOnlyList<Extraction> Extract { get; init; } = [];

    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);
}
