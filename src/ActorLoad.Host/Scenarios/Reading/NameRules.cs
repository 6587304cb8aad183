namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>What names, header names and methods may look like.</summary>
internal static class NameRules
{
    public const string Name = "a name of 1 to 64 letters, digits, '.', '-' and '_' that begins with a letter or digit";
    public const string Token = "an HTTP token (letters, digits and !#$%&'*+-.^_`|~)";

    /// <summary>Names of scenarios, user types, tasks and streams: they end up in paths, actor names and reports.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= 64
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    public static bool IsToken(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
