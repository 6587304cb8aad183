using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Actors.Coordination.Registry;

/// <summary>What a coordinator answers to a worker that says it is there. Plain logic.</summary>
/// <param name="coordinator">This incarnation.</param>
internal sealed class Greeting(string coordinator, CoordinatorOptions options)
{
    public WorkerProtocol.HelloAnswer Answer(WorkerProtocol.Hello hello) => new(
        coordinator,
        options.Node,
        WireMessages.ProtocolVersion,
        options.Version,
        hello.ProtocolVersion == WireMessages.ProtocolVersion
            ? null
            : $"the coordinator on {options.Node} runs actorload {options.Version} and speaks protocol version {WireMessages.ProtocolVersion}, "
                + $"the worker on {hello.Node} runs actorload {hello.ProgramVersion} and speaks version {hello.ProtocolVersion}: install the same on both");
}
