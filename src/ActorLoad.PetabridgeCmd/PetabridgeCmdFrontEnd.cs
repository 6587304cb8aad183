using System.Globalization;
using Akka.Actor;
using Petabridge.Cmd.Cluster;
using PetabridgeHost = Petabridge.Cmd.Host.PetabridgeCmd;

namespace ActorLoad.PetabridgeCmd;

/// <summary>Starts Petabridge.Cmd on a node: its own cluster palette, and ours.</summary>
public static class PetabridgeCmdFrontEnd
{
    public const int DefaultPort = 9110;

    /// <summary>
    /// Configuration for the node's actor system. The port knows neither token nor TLS, and whoever reaches it can stop the
    /// cluster: it listens on loopback, and there is no option to change that.
    /// </summary>
    public static string Hocon(int port) =>
        string.Create(CultureInfo.InvariantCulture, $$"""petabridge.cmd { host = "127.0.0.1", port = {{port}} }""");

    public static void Start(ActorSystem system, LoadCore core)
    {
        var host = PetabridgeHost.Get(system);
        host.RegisterCommandPalette(ClusterCommands.Instance);
        host.RegisterCommandPalette(new LoadPaletteHandler(new LoadCommands(core)));
        host.Start();
    }
}
