using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>A user's view of one of its streams.</summary>
public sealed class StreamSlot(StreamContext stream, StreamMeter meter)
{
    private readonly List<ExpectationChain> _chains = [];

    public StreamContext Stream { get; } = stream;

    public StreamMeter Meter { get; } = meter;

    /// <summary>The connection actor; null until a predecessor of the same name is gone.</summary>
    public IActorRef? Connection { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>Why the stream has ended for good; null while it is open, connecting or on hold.</summary>
    public ConnectionFailure? Ended { get; set; }

    /// <summary>The done marker of a finite stream has come: it is over as it should be.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Why no connection of the stream will ever deliver again, in words; null while one may.</summary>
    public string? Over => Ended is { } failure ? $"the stream has ended: {failure.Message}" : IsComplete ? "the stream is complete" : null;

    /// <summary>How many events had been delivered when the last step on this stream ended.</summary>
    public long EventsMark { get; set; }

    public long HeartbeatsMark { get; set; }

    public void Mark()
    {
        EventsMark = Meter.Events;
        HeartbeatsMark = Meter.Heartbeats;
        Meter.MarkMissed();
    }

    public void Arm(ExpectationChain chain)
    {
        _chains.Add(chain);
        Meter.SetChains([.. _chains]);
    }

    public void Disarm(ExpectationChain chain)
    {
        if (_chains.Remove(chain))
        {
            Meter.SetChains([.. _chains]);
        }
    }
}
