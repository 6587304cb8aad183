namespace Petabridge.Cmd;

public sealed class CommandDefinitionBuilder
{
    private readonly Dictionary<string, CommandArgument> _arguments = [];
    private string _name = "";
    private string _description = "";

    public CommandDefinitionBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    public CommandDefinitionBuilder WithDescription(string description)
    {
        _description = description;
        return this;
    }

    public CommandDefinitionBuilder WithArgument(Func<CommandArgumentBuilder, CommandArgumentBuilder> build)
    {
        var argument = build(new CommandArgumentBuilder()).Build();
        _arguments.Add(argument.Name, argument);
        return this;
    }

    public CommandDefinition Build() => new(_name, _description, _arguments);
}
