using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Cluster;

/// <summary>What a worker tells a coordinator that it does not know about the run that it has.</summary>
/// <param name="Phase">Preparing, Running or Draining; Ended when it has drained and only keeps its windows.</param>
/// <param name="Epoch">Of the newest roster that it knows.</param>
/// <param name="LastWindow">Number of its last window once it has drained; null while more will come.</param>
public sealed record RunningState(RunId Run, RunPhase Phase, int Epoch, int? LastWindow);
