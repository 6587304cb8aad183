using ActorLoad.Messages.Identifiers;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>From the recorder of a run to its coordinator, once, before anything else: where the report will be.</summary>
/// <param name="Folder">Null when it cannot be made; then there is a problem, and the run fails before it begins.</param>
public sealed record RunFolderMade(RunId Run, string? Folder, string? Problem) : INoSerializationVerificationNeeded;
