namespace ActorLoad.Messages.Scenarios;

/// <summary>The event after which a finite stream is complete; at least one of the two is given, and both must match.</summary>
/// <param name="Data">The data as a whole, byte for byte; null = any.</param>
/// <param name="Event">The event name; null = any.</param>
public sealed record DoneMarker(string? Data, string? Event);
