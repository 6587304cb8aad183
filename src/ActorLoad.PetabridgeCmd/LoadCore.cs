using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.PetabridgeCmd;

/// <summary>
/// What the palette needs from the program that it is part of: the core of the HTTP endpoint, so that both say and do the same. What
/// is asked of the coordinator fails with one sentence for the operator when there is none.
/// </summary>
public sealed record LoadCore
{
    public required Func<RunProtocol.SubmitRun, Task<RunProtocol.SubmitAnswer>> Submit { get; init; }

    public required Func<Task<RunProtocol.RunsAnswer>> Runs { get; init; }

    public required Func<RunId, StopMode, Task<RunProtocol.StopAnswer>> Stop { get; init; }

    public required Func<Task<RunProtocol.NodesAnswer>> Nodes { get; init; }

    /// <summary>Reads and checks a scenario file on this node. Never throws for what a user wrote.</summary>
    public required Func<string, LoadedScenario> Load { get; init; }

    /// <summary>Runs as lines for people.</summary>
    public required Func<IReadOnlyList<RunStatus>, IEnumerable<string>> RunRows { get; init; }

    /// <summary>Workers as lines for people.</summary>
    public required Func<IReadOnlyList<NodeRow>, IEnumerable<string>> NodeRows { get; init; }
}
