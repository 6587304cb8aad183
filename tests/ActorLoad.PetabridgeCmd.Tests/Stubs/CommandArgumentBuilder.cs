namespace Petabridge.Cmd;

public sealed class CommandArgumentBuilder
{
    private readonly List<string> _switches = [];
    private string _name = "";
    private string _description = "";
    private bool _mandatory;

    public CommandArgumentBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    public CommandArgumentBuilder WithDescription(string description)
    {
        _description = description;
        return this;
    }

    public CommandArgumentBuilder IsMandatory(bool mandatory)
    {
        _mandatory = mandatory;
        return this;
    }

    public CommandArgumentBuilder WithDefaultValues(params string[] values) => this;

    public CommandArgumentBuilder WithSwitch(string name)
    {
        _switches.Add(name);
        return this;
    }

    internal CommandArgument Build() => new(_name, _description, _mandatory, _switches);
}
