using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Protocol;

/// <summary>What whoever wants a run says to the coordinator.</summary>
public static class RunProtocol
{
    /// <summary>Runs a scenario; answered by a <c>RunSecond</c> for each closed second and at last the <c>RunOutcome</c>.</summary>
    public sealed record SubmitRun(RunId Run, Scenario Scenario) : IActorLoadMessage;

    /// <summary>Ends the run early.</summary>
    public sealed record StopRun(RunId Run, StopMode Mode) : IActorLoadMessage;
}
