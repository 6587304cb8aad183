using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Protocol;

/// <summary>What whoever wants a run says to the coordinator.</summary>
public static class RunProtocol
{
    /// <summary>Runs a scenario, after those that were submitted before. Answered by a <see cref="SubmitAnswer"/>; the same run submitted twice is one.</summary>
    public sealed record SubmitRun(RunOrder Order) : IActorLoadMessage
    {
        public RunId Run => Order.Run;
    }

    /// <param name="Position">How many runs stand before it.</param>
    /// <param name="Problem">Why it was refused, else null.</param>
    public sealed record SubmitAnswer(RunId Run, int Position, string? Problem) : IActorLoadMessage;

    /// <summary>Ends a run early, or takes it out of the queue.</summary>
    public sealed record StopRun(RunId Run, StopMode Mode) : IActorLoadMessage;

    /// <param name="Problem">Why there is nothing to stop, else null.</param>
    public sealed record StopAnswer(RunId Run, string? Problem) : IActorLoadMessage;

    /// <summary>Asks for all runs that the coordinator knows: the last ones that ended, the one that is on, the queue.</summary>
    public sealed record RunsQuery : IActorLoadMessage;

    /// <param name="Runs">In the order in which they were submitted.</param>
    public sealed record RunsAnswer(string Coordinator, RunStatus[] Runs) : IActorLoadMessage;

    /// <summary>
    /// Asks to be told of a run every second, until it has ended. Said again every few seconds: a coordinator forgets who has not
    /// asked for ten, and a new one has never heard of it.
    /// </summary>
    public sealed record WatchRun(RunId Run) : IActorLoadMessage;

    /// <param name="Status">Null when the run is not known.</param>
    public sealed record WatchAnswer(RunId Run, RunStatus? Status) : IActorLoadMessage;

    /// <summary>Asks for the summary of a run that has ended.</summary>
    public sealed record SummaryQuery(RunId Run) : IActorLoadMessage;

    /// <param name="Json">The text of <c>summary.json</c>, else null.</param>
    /// <param name="Problem">Why there is none, else null.</param>
    public sealed record SummaryAnswer(RunId Run, string? Json, string? Problem) : IActorLoadMessage;

    /// <summary>Asks for all registered workers.</summary>
    public sealed record NodesQuery : IActorLoadMessage;

    public sealed record NodesAnswer(string Coordinator, NodeRow[] Nodes) : IActorLoadMessage;
}
