namespace Petabridge.Cmd;

public sealed record CommandArgument(string Name, string Description, bool IsMandatory, IReadOnlyList<string> Switch);
