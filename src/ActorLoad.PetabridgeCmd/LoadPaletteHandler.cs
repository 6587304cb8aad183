using Akka.Actor;
using Petabridge.Cmd.Host;

namespace ActorLoad.PetabridgeCmd;

/// <summary>Makes a handler of the palette <c>load</c> for every client that connects.</summary>
public sealed class LoadPaletteHandler(LoadCommands commands) : CommandPaletteHandler(LoadPalette.Palette)
{
    public override Props HandlerProps { get; } = Props.Create(() => new LoadCommandHandlerActor(commands));
}
