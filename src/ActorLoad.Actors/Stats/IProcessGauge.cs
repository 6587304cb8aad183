namespace ActorLoad.Actors.Stats;

/// <summary>What a process knows of itself; sums since it began, except the queue.</summary>
public interface IProcessGauge
{
    /// <summary>Processor time of all its threads.</summary>
    TimeSpan CpuTime { get; }

    /// <summary>How long garbage collections have held its threads.</summary>
    TimeSpan GcPause { get; }

    /// <summary>Work items that wait for a thread of the pool now.</summary>
    long PendingWorkItems { get; }

    int Processors { get; }
}
