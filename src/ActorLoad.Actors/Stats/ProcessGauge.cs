namespace ActorLoad.Actors.Stats;

/// <summary>This process, as the runtime sees it.</summary>
public sealed class ProcessGauge : IProcessGauge
{
    public static readonly ProcessGauge Instance = new();

    public TimeSpan CpuTime => Environment.CpuUsage.TotalTime;

    public TimeSpan GcPause => GC.GetTotalPauseDuration();

    public long PendingWorkItems => ThreadPool.PendingWorkItemCount;

    public int Processors => Environment.ProcessorCount;
}
