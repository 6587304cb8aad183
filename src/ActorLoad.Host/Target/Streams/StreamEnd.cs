namespace ActorLoad.Host.Target.Streams;

/// <summary>Why a stream ended; the target counts them apart.</summary>
internal enum StreamEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The client closed or lost its connection.</summary>
    Client,

    /// <summary>`max_events` was reached.</summary>
    MaxEvents,

    /// <summary>The job is done.</summary>
    Done,

    /// <summary>Fault `cut_after`.</summary>
    Cut,

    /// <summary>Fault `reset_after`.</summary>
    Reset,

    /// <summary>The client read so slowly that the ring buffer overtook it.</summary>
    Behind,

    /// <summary>The target was stopped.</summary>
    Stopped,

    /// <summary>A write failed in an unforeseen way.</summary>
    Error,
}
