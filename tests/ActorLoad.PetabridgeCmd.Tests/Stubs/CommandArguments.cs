namespace Petabridge.Cmd;

public sealed class CommandArguments(CommandDefinition definition, Command command)
{
    public IEnumerable<string> ArgumentValues(string name) =>
        command.Arguments.Where(a => definition.ArgumentsByName[name].Switch.Contains(a.Item1)).Select(a => a.Item2);
}
