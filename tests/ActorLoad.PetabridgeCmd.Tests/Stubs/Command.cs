namespace Petabridge.Cmd;

public sealed record Command(string Palette, string Name, IReadOnlyList<Tuple<string, string>> Arguments);
