using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Actors.Coordination.Shares;

/// <summary>Shares that were taken from their workers and may be given on once these have said that their users are gone.</summary>
/// <param name="Epoch">Of the roster that took them.</param>
/// <param name="Waiting">Who has not answered it yet.</param>
internal sealed record ShareMove(int Epoch, HashSet<WorkerId> Waiting, int[] Shares);
