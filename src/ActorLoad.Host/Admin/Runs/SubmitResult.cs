namespace ActorLoad.Host.Admin.Runs;

/// <summary>Answer of <c>POST /api/runs</c>.</summary>
/// <param name="Position">How many runs stand before it.</param>
internal sealed record SubmitResult(string Run, int Position);
