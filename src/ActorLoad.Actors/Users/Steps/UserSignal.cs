using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Something happened to a user that a step may wait for.</summary>
public abstract record UserSignal
{
    /// <summary>A stream's connection is open.</summary>
    public sealed record Opened(StreamSlot Slot) : UserSignal;

    /// <summary>The connection has taken up a reconnect command: what opens from here on is what was asked for.</summary>
    public sealed record Reconnecting(StreamSlot Slot) : UserSignal;

    /// <summary>A stream's connection ended or did not open; the slot tells whether the stream goes on.</summary>
    public sealed record Lost(StreamSlot Slot, ConnectionFailure Failure) : UserSignal;

    /// <summary>An expectation of this chain was met.</summary>
    public sealed record Met(ExpectationChain Chain) : UserSignal;

    /// <summary>The done marker of a finite stream has come; its connection is closed and does not come back.</summary>
    public sealed record Completed(StreamSlot Slot) : UserSignal;

    /// <summary>A request came back.</summary>
    /// <param name="Extracted">What the step wants of the response; null when it wants nothing or the response is no good.</param>
    public sealed record Responded(int Token, RequestResult Result, ExtractedValues? Extracted = null) : UserSignal;

    /// <summary>A timer that a step has set went off.</summary>
    public sealed record Elapsed(int Token) : UserSignal;
}
