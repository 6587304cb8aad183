using ActorLoad.Messages.Identifiers;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>From the recorder of a run to its coordinator: the report is written, the workers may forget their windows.</summary>
/// <param name="Status">The summary's <c>run.status</c>.</param>
/// <param name="SummaryJson">The text of <c>summary.json</c>.</param>
/// <param name="Problem">What could not be written, else null.</param>
public sealed record RunRecorded(RunId Run, string Status, int ExitCode, string? Folder, string SummaryJson, string? Problem)
    : INoSerializationVerificationNeeded;
