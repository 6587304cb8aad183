using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>What a coordinator gives a run to begin with.</summary>
/// <param name="Order">Null when another coordinator began the run: its workers know it.</param>
/// <param name="Submitter">Told of seconds and outcome when there is no recorder.</param>
internal sealed record RunSetup(CoordinatorOptions Options, RunId Run, RunOrder? Order, IActorRef Submitter);
