using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.PetabridgeCmd;

/// <summary>
/// What the palette needs from the program that it is part of, so that it says and does what the HTTP endpoint says and does.
/// </summary>
/// <param name="Ask">Asks the coordinator, wherever it is. Fails with one sentence for the operator when there is none.</param>
/// <param name="Load">Reads and checks a scenario file on this node. Never throws for what a user wrote.</param>
/// <param name="RunRow">One line for a run.</param>
/// <param name="NodeRow">One line for a worker.</param>
public sealed record LoadCore(
    Func<IActorLoadMessage, Task<IActorLoadMessage>> Ask,
    Func<string, LoadedScenario> Load,
    Func<RunStatus, string> RunRow,
    Func<NodeRow, string> NodeRow);
