using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>What came of a plain request.</summary>
/// <param name="Status">0 when there was no response.</param>
/// <param name="Failure">Null when a complete response was received, whatever its status.</param>
/// <param name="Ticks">Timestamp ticks from the request's start to the end of the response.</param>
public readonly record struct RequestResult(int Status, FailureReason? Failure, string Message, long Ticks)
{
    /// <summary>Null when the request did not ask for it, or has failed.</summary>
    public KeptResponse? Kept { get; init; }
}
