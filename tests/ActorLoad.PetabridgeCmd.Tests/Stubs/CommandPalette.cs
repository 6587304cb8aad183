namespace Petabridge.Cmd;

public sealed class CommandPalette(string name, IEnumerable<CommandDefinition> commands)
{
    public string ModuleName { get; } = name;

    public IReadOnlyList<CommandDefinition> Commands { get; } = [.. commands];
}
