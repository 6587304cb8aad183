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

    /// <summary>A request came back.</summary>
    public sealed record Responded(int Token, RequestResult Result) : UserSignal;

    /// <summary>A timer that a step has set went off.</summary>
    public sealed record Elapsed(int Token) : UserSignal;
}
