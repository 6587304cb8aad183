namespace Petabridge.Cmd;

public sealed record CommandDefinition(string Name, string Description, IReadOnlyDictionary<string, CommandArgument> ArgumentsByName);
