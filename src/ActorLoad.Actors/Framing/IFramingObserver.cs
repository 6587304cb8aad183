namespace ActorLoad.Actors.Framing;

/// <summary>What a decode stage reports besides the decoded items: the reads they came from, and the end.</summary>
public interface IFramingObserver : ISseHandler
{
    /// <summary>The next items come from these bytes.</summary>
    /// <param name="count">Body bytes of one read.</param>
    /// <param name="readAt">When they were ready to be read, in timestamp ticks.</param>
    void OnRead(int count, long readAt);

    /// <summary>Nothing more is wanted: the stage ends after the read in hand.</summary>
    bool IsDone { get; }

    /// <summary>The last call: the end was clean when <paramref name="error"/> is null.</summary>
    void OnEnd(Exception? error);
}
