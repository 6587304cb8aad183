namespace ActorLoad.Actors.Verdicts;

/// <summary>What a worker may be like and still measure honestly. docs/measurement.md gives the reasons; the numbers stand here.</summary>
public static class GeneratorBounds
{
    /// <summary>Seconds at the start of a run in which the runtime still compiles the code that measures.</summary>
    public const int StartUpSeconds = 3;

    public const double LagMs = 100;

    /// <summary>Within <see cref="StartUpSeconds"/>.</summary>
    public const double StartUpLagMs = 1000;

    public const double CpuShare = 0.9;

    public const double GcPauseShare = 0.1;

    /// <summary>Work items that were waiting at every look.</summary>
    public const long ThreadPoolQueue = 100;

    public const double ReadBacklogMs = 50;

    /// <summary>Within <see cref="StartUpSeconds"/>.</summary>
    public const double StartUpReadBacklogMs = 1000;

    /// <summary>How many windows in a row the processors or the queue have to be beyond their bound.</summary>
    public const int WindowsInARow = 3;
}
