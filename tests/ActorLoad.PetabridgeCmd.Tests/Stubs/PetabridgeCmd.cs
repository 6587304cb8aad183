using Akka.Actor;

namespace Petabridge.Cmd.Host;

public sealed class PetabridgeCmd(ExtendedActorSystem system) : IExtension
{
    private readonly List<CommandPaletteHandler> _handlers = [];

    public IReadOnlyList<CommandPaletteHandler> Handlers => _handlers;

    public string Endpoint { get; private set; } = "";

    public static PetabridgeCmd Get(ActorSystem system) => system.WithExtension<PetabridgeCmd, PetabridgeCmdProvider>();

    public void RegisterCommandPalette(CommandPaletteHandler handler) => _handlers.Add(handler);

    public void Start()
    {
        var settings = system.Settings.Config.GetConfig("petabridge.cmd");
        Endpoint = $"{settings.GetString("host")}:{settings.GetInt("port")}";
    }
}
