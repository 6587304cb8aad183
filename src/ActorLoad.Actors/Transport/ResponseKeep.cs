namespace ActorLoad.Actors.Transport;

/// <summary>What of a plain response is wanted besides its status.</summary>
/// <param name="Body">The body, as far as <see cref="KeptResponse.MaxBody"/> goes.</param>
/// <param name="Headers">The first value of each of these headers.</param>
public sealed record ResponseKeep(bool Body, IReadOnlyList<string> Headers);
