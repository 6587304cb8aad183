using ActorLoad.Messages.Cluster;

namespace ActorLoad.PetabridgeCmd;

/// <summary>A scenario file as the program's own loader sees it: ready to be submitted, or all that is wrong with it.</summary>
/// <param name="Order">Null when there are mistakes.</param>
/// <param name="Mistakes">One line each, as <c>actorload validate</c> prints them.</param>
public sealed record LoadedScenario(RunOrder? Order, IReadOnlyList<string> Mistakes);
