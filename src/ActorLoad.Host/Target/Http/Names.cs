namespace ActorLoad.Host.Target.Http;

/// <summary>Names of channels and rooms that clients may choose; safe as parts of paths and of file names.</summary>
internal static class Names
{
    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 40 && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');
}
