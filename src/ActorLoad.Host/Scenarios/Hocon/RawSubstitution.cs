namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary><c>${path}</c>, or <c>${?path}</c> when optional.</summary>
/// <param name="Text">The path as written; also the name of the environment variable that stands in for it.</param>
/// <param name="Prefix">Where the file that says so is included; looked up there first, then from the root.</param>
internal sealed record RawSubstitution(
    IReadOnlyList<string> Path,
    string Text,
    bool Optional,
    IReadOnlyList<string> Prefix,
    HoconPosition At) : RawPart;
