namespace ActorLoad.Messages.Identifiers;

/// <summary>Names one execution of a scenario; also the name of its run folder. Letters, digits, '.', '-' and '_' only, no '.' first.</summary>
public readonly record struct RunId
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is empty, longer than 100 characters, has other characters or begins with '.'.</exception>
    public RunId(string value)
    {
        if (string.IsNullOrEmpty(value) || value.Length > 100 || value[0] == '.' || !value.All(IsAllowed))
        {
            throw new ArgumentException($"a run id is 1 to 100 of letters, digits, '.', '-', '_', the first no '.', not '{value}'", nameof(value));
        }

        _value = value;
    }

    public string Value => _value ?? throw new InvalidOperationException("an uninitialised RunId was used");

    /// <summary>A readable, sortable id: UTC start time, scenario name, four random hex digits.</summary>
    public static RunId Create(DateTimeOffset now, string scenario)
    {
        var name = new string([.. scenario.Take(40).Select(c => IsAllowed(c) ? c : '-')]);
        return new RunId($"{now.UtcDateTime:yyyyMMdd-HHmmss}-{name}-{Random.Shared.Next(0x10000):x4}");
    }

    public override string ToString() => _value ?? "";

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';
}
