using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Messages.Protocol;

/// <summary>
/// What coordinator and worker say to each other.
/// <code>
/// always        Hello -> HelloAnswer, every two seconds; Register -> Registered when the answer names a coordinator that is new
/// clocks        ClockPing -> ClockPong, ClockSet
/// a run         Prepare -> Prepared, Start -> Started, (WindowReport -> WindowAck)*, [Assign -> Assigned]*, [Stop], Drained -> RunOver
/// a worker goes Leaving -> (Assign -> Assigned, Drained -> RunOver)
/// take-over     DescribeRun -> RunDescription, ResendWindows -> WindowReport*
/// </code>
/// Whoever expects an answer says it again every two seconds until it has come; every message may arrive twice. What belongs to
/// a run carries it, so that a stale message is recognised and ignored.
/// </summary>
public static class WorkerProtocol
{
    /// <summary>From the worker: it is there. This message and its answer never change, so that nodes of any two versions understand them.</summary>
    public sealed record Hello(WorkerId Worker, string Node, int ProtocolVersion, string ProgramVersion) : IActorLoadMessage;

    /// <param name="Coordinator">One incarnation of the coordinator: another one has to be told everything.</param>
    /// <param name="Node">Where it is.</param>
    /// <param name="Refusal">Why this worker cannot work with it, else null.</param>
    public sealed record HelloAnswer(string Coordinator, string Node, int ProtocolVersion, string ProgramVersion, string? Refusal)
        : IActorLoadMessage;

    /// <summary>From the worker: it can be given work. <paramref name="Node"/> names its machine in reports.</summary>
    /// <param name="Running">What it has of a run already, because another coordinator gave it that; else null.</param>
    public sealed record Register(WorkerId Worker, string Node, WorkerCapacity Capacity, RunningState? Running) : IActorLoadMessage;

    /// <summary>To the worker: the coordinator knows it now.</summary>
    public sealed record Registered(string Coordinator, WorkerId Worker) : IActorLoadMessage;

    /// <summary>To the worker: what is your time? In microseconds since 1970 on the coordinator's clock.</summary>
    public sealed record ClockPing(long SentUnixUs) : IActorLoadMessage;

    /// <summary>From the worker: the ping's own time, and the worker's when it came.</summary>
    public sealed record ClockPong(WorkerId Worker, long SentUnixUs, long WorkerUnixUs) : IActorLoadMessage;

    /// <summary>To the worker: add this many microseconds to your clock and you have the coordinator's, within plus and minus the error.</summary>
    public sealed record ClockSet(WorkerId Worker, long OffsetUs, long ErrorUs) : IActorLoadMessage;

    /// <summary>To the worker: get ready for this run. Users and sockets come only with Start.</summary>
    public sealed record Prepare(RunOrder Order, Roster Roster) : IActorLoadMessage
    {
        public RunId Run => Order.Run;
    }

    /// <summary>From the worker. <paramref name="Problem"/> is null when it is ready, else why it cannot run.</summary>
    /// <param name="Epoch">Of the newest roster that it has been prepared with.</param>
    public sealed record Prepared(RunId Run, WorkerId Worker, string? Problem, int Epoch) : IActorLoadMessage;

    /// <summary>To the worker: offset zero of the plan is at this moment of the coordinator's clock; it may lie ahead, or behind when the worker joins a run.</summary>
    public sealed record Start(RunId Run, DateTimeOffset At) : IActorLoadMessage;

    /// <summary>From the worker: it will begin, or has begun.</summary>
    public sealed record Started(RunId Run, WorkerId Worker) : IActorLoadMessage;

    /// <summary>To the worker: from now on this is who runs what.</summary>
    public sealed record Assign(RunId Run, Roster Roster) : IActorLoadMessage;

    /// <summary>From the worker: users of shares that it no longer has are gone, those of new ones are on their way.</summary>
    public sealed record Assigned(RunId Run, WorkerId Worker, int Epoch) : IActorLoadMessage;

    /// <summary>From the worker: it wants to leave the cluster, give its shares to others.</summary>
    public sealed record Leaving(WorkerId Worker) : IActorLoadMessage;

    /// <summary>To the worker: end the run before the plan does.</summary>
    public sealed record Stop(RunId Run, StopMode Mode) : IActorLoadMessage;

    /// <summary>From the worker, once a second, and again until acknowledged.</summary>
    public sealed record WindowReport(StatsWindow Window) : IActorLoadMessage;

    /// <summary>To the worker: this window is merged.</summary>
    public sealed record WindowAck(RunId Run, WorkerId Worker, int Number) : IActorLoadMessage;

    /// <summary>From the worker: all users are gone, and the last window has this number.</summary>
    public sealed record Drained(RunId Run, WorkerId Worker, int LastWindow) : IActorLoadMessage;

    /// <summary>To the worker: whatever it has of this run ends, because the run is over or the worker is no longer part of it.</summary>
    /// <param name="Reported">Whether all that it measured is in the run's report, so that its windows may be forgotten.</param>
    public sealed record RunOver(RunId Run, bool Reported) : IActorLoadMessage;

    /// <summary>From the worker: it cannot go on.</summary>
    public sealed record Failed(RunId Run, WorkerId Worker, string Problem) : IActorLoadMessage;

    /// <summary>To a worker that has a run which this coordinator does not know: tell all of it.</summary>
    public sealed record DescribeRun(RunId Run) : IActorLoadMessage;

    /// <param name="StartedAt">Offset zero of the plan on the former coordinator's clock; null when it has not started.</param>
    public sealed record RunDescription(RunOrder Order, Roster Roster, DateTimeOffset? StartedAt) : IActorLoadMessage;

    /// <summary>To the worker: report all windows from this one on again.</summary>
    public sealed record ResendWindows(RunId Run, int From) : IActorLoadMessage;
}
