namespace ActorLoad.Actors.Verdicts;

/// <summary>What a worker may be like and still measure honestly. docs/measurement.md gives the reasons; the numbers stand here.</summary>
public static class GeneratorBounds
{
    /// <summary>Seconds at the start of a run in which the runtime still compiles the code that measures.</summary>
    public const int StartUpSeconds = 3;

    /// <summary>Of lag and of backlog, within <see cref="StartUpSeconds"/>.</summary>
    public const double StartUpMs = 1000;

    /// <summary>How many windows in a row have to be beyond a bound that one bad moment may pass.</summary>
    public const int WindowsInARow = 3;

    /// <summary>In a single window.</summary>
    public const double LagMs = 250;

    /// <summary>In each of <see cref="WindowsInARow"/>.</summary>
    public const double LastingLagMs = 100;

    /// <summary>In a single window.</summary>
    public const double ReadBacklogMs = 250;

    /// <summary>In each of <see cref="WindowsInARow"/>.</summary>
    public const double LastingReadBacklogMs = 50;

    /// <summary>In each of <see cref="WindowsInARow"/>.</summary>
    public const double CpuShare = 0.9;

    /// <summary>In each of <see cref="WindowsInARow"/>; a single long pause is a lag.</summary>
    public const double GcPauseShare = 0.1;

    /// <summary>Work items that were waiting at every look, in each of <see cref="WindowsInARow"/>.</summary>
    public const long ThreadPoolQueue = 100;
}
