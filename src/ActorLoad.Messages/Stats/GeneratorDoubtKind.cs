namespace ActorLoad.Messages.Stats;

/// <summary>In which way a worker was itself the bottleneck.</summary>
public enum GeneratorDoubtKind
{
    /// <summary>Its clock tick came late; the peak is in ms.</summary>
    SchedulingLag,

    /// <summary>It had no processor time left; the peak is a share of all processors.</summary>
    Cpu,

    /// <summary>Garbage collections held all its threads; the peak is a share of a window.</summary>
    GcPause,

    /// <summary>Work was waiting for a thread all the time; the peak is a number of work items.</summary>
    ThreadPoolQueue,

    /// <summary>What was read waited before it was measured; the peak is in ms.</summary>
    ReadBacklog,

    /// <summary>It could not start users that the plan wanted; the peak is their number.</summary>
    ArrivalsDropped,

    /// <summary>It was lost, and nobody took over its users; the peak is its share of all users, 0 to 1.</summary>
    WorkerLost,

    /// <summary>Windows of it went with a coordinator, or on its own disk; the peak is their number at most.</summary>
    WindowsMissing,
}
