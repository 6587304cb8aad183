namespace ActorLoad.Host.Admin;

/// <summary>What a token may look like: it has to pass through an HTTP header as it is.</summary>
internal static class TokenText
{
    /// <returns>What is wrong with it, without the token itself, to be put behind its name; null = nothing.</returns>
    public static string? Problem(string token) =>
        token.Length == 0 ? "is empty"
        : token.All(c => c is > ' ' and <= '~') ? null
        : "has white space, control or non-ASCII characters";
}
