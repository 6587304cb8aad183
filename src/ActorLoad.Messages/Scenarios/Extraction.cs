namespace ActorLoad.Messages.Scenarios;

/// <summary>Takes a value out of a response into a variable of the user. Exactly one of the two sources is given.</summary>
/// <param name="Variable">Used later as <c>{{var.name}}</c>.</param>
/// <param name="Json">A JSON pointer into the response's body.</param>
/// <param name="Header">A response header; the first value when there are several.</param>
public sealed record Extraction(string Variable, string? Json, string? Header);
