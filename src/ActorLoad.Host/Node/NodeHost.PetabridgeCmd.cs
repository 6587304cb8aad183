using ActorLoad.Host.Admin.Runs;
using ActorLoad.PetabridgeCmd;
using Akka.Actor;

namespace ActorLoad.Host.Node;

/// <summary>Compiled only with -p:EnablePetabridgeCmd=true.</summary>
internal sealed partial class NodeHost
{
    static partial void AddPetabridgeCmd(ref string hocon) =>
        hocon += Environment.NewLine + PetabridgeCmdFrontEnd.Hocon(PetabridgeCmdNode.Port(Environment.GetEnvironmentVariable));

    static partial void StartPetabridgeCmd(ActorSystem system, RunGateway gateway) =>
        PetabridgeCmdFrontEnd.Start(system, PetabridgeCmdNode.Core(gateway, Environment.GetEnvironmentVariable));
}
