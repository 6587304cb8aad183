using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Messages.Protocol;

/// <summary>
/// What coordinator and worker say to each other around a run:
/// <c>Register; Prepare -> Prepared -> Start -> (WindowReport -> WindowAck)* -> [Stop] -> Drained</c>.
/// Everything carries the run, so that a stale message is recognised and ignored.
/// </summary>
public static class WorkerProtocol
{
    /// <summary>From the worker, when it comes up: it can be given work. <paramref name="Node"/> names its machine in reports.</summary>
    public sealed record Register(WorkerId Worker, string Node) : IActorLoadMessage;

    /// <summary>To the worker: get ready to run this segment of the scenario's plan. Users and sockets come only with Start.</summary>
    public sealed record Prepare(RunId Run, Scenario Scenario, Segment Segment) : IActorLoadMessage;

    /// <summary>From the worker. <paramref name="Problem"/> is null when it is ready, else why it cannot run.</summary>
    public sealed record Prepared(RunId Run, WorkerId Worker, string? Problem) : IActorLoadMessage;

    /// <summary>To the worker: offset zero of the plan is now. <paramref name="At"/> is the coordinator's clock at that moment.</summary>
    public sealed record Start(RunId Run, DateTimeOffset At) : IActorLoadMessage;

    /// <summary>To the worker: end the run before the plan does.</summary>
    public sealed record Stop(RunId Run, StopMode Mode) : IActorLoadMessage;

    /// <summary>From the worker, once a second, and again until acknowledged.</summary>
    public sealed record WindowReport(StatsWindow Window) : IActorLoadMessage;

    /// <summary>To the worker: this window is merged and may be forgotten.</summary>
    public sealed record WindowAck(RunId Run, WorkerId Worker, int Number) : IActorLoadMessage;

    /// <summary>From the worker: all users are gone, and the last window has this number.</summary>
    public sealed record Drained(RunId Run, WorkerId Worker, int LastWindow) : IActorLoadMessage;

    /// <summary>From the worker: it cannot go on.</summary>
    public sealed record Failed(RunId Run, WorkerId Worker, string Problem) : IActorLoadMessage;
}
