namespace ActorLoad.Actors.Measurement;

/// <summary>A stream as the storm watch sees it.</summary>
public interface IStormStream
{
    /// <summary>It reconnects by itself and is not expected to end.</summary>
    bool ComesBack { get; }

    /// <summary>Events missed on this stream so far; may be read from any thread.</summary>
    long EventsMissed { get; }

    /// <summary>Events replayed to this stream so far; may be read from any thread.</summary>
    long EventsReplayed { get; }

    /// <summary>Belongs to the storm watch: when the stream's latest connection opened, in timestamp ticks.</summary>
    long OpenedAt { get; set; }

    /// <summary>Belongs to the storm watch: the latest loss of this stream, null when there was none.</summary>
    StormLoss? Loss { get; set; }
}
