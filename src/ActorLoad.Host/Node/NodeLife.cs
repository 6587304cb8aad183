using ActorLoad.Actors.Coordination;

namespace ActorLoad.Host.Node;

/// <summary>What the parts of a node tell each other: which worker is its own, how that one left, and why the node cannot go on. Thread-safe.</summary>
internal sealed class NodeLife
{
    private readonly TaskCompletionSource<string> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the id of this process's worker. A process that was started again is another worker: it has nothing of what the one before it had.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>One sentence, as soon as there is no sense in going on.</summary>
    public Task<string> Over => _over.Task;

    /// <summary>The worker's own word when it left; null = it did not.</summary>
    public WorkerActor.Left? Left { get; set; }

    public void End(string reason) => _over.TrySetResult(reason);
}
