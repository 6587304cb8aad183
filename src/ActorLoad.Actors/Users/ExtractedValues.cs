namespace ActorLoad.Actors.Users;

/// <summary>What a request step took out of its response. No record: its text must never show a value.</summary>
public sealed class ExtractedValues
{
    private ExtractedValues(IReadOnlyList<KeyValuePair<string, string>> values, string? problem) => (Values, Problem) = (values, problem);

    /// <summary>Variables and their values; empty when there is a problem.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>Why not everything was found, without showing the response; null when all is there.</summary>
    public string? Problem { get; }

    public static ExtractedValues Found(IReadOnlyList<KeyValuePair<string, string>> values) => new(values, null);

    public static ExtractedValues Failed(string problem) => new([], problem);
}
