namespace ActorLoad.Actors.Transport.Pacing;

/// <summary>What a slow reader may do now.</summary>
/// <param name="Count">Bytes that may be read at most; 0 = none yet.</param>
/// <param name="Wait">With a count of 0, how long to wait before asking again; <see cref="Timeout.InfiniteTimeSpan"/> = nothing is read any more.</param>
public readonly record struct ReadGrant(int Count, TimeSpan Wait)
{
    public bool IsOver => Count == 0 && Wait == Timeout.InfiniteTimeSpan;
}
