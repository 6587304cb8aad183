using Akka.Actor;

namespace Petabridge.Cmd.Host;

public abstract class CommandHandlerActor(CommandPalette palette) : UntypedActor
{
    private readonly Dictionary<string, Action<Command, CommandArguments>> _handlers = [];

    protected void Process(string name, Action<Command, CommandArguments> handler) => _handlers.Add(name, handler);

    protected override void OnReceive(object message)
    {
        if (message is Command command && _handlers.TryGetValue(command.Name, out var handler))
        {
            handler(command, new CommandArguments(palette.Commands.Single(c => c.Name == command.Name), command));
        }
        else
        {
            Unhandled(message);
        }
    }
}
