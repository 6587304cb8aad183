namespace ActorLoad.Host.Admin.Runs;

/// <summary>Body of <c>POST /api/runs/{id}/stop</c>.</summary>
/// <param name="Mode"><c>graceful</c> (also when null) or <c>now</c>.</param>
internal sealed record StopRequest(string? Mode);
