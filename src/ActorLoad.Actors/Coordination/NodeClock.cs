using ActorLoad.Messages.Protocol;

namespace ActorLoad.Actors.Coordination;

/// <summary>This machine's clock and how far the coordinator's is ahead of it.</summary>
internal sealed class NodeClock(TimeProvider time)
{
    /// <summary>In microseconds; 0 as long as the measured offset is not more than its error, for then the clocks may as well agree.</summary>
    public long OffsetUs { get; private set; }

    /// <summary>Microseconds since 1970 on this machine's clock.</summary>
    public long NowUnixUs => (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>What the coordinator's clock shows.</summary>
    public DateTimeOffset CoordinatorNow => time.GetUtcNow() + TimeSpan.FromMicroseconds(OffsetUs);

    public void Set(WorkerProtocol.ClockSet set) => OffsetUs = Math.Abs(set.OffsetUs) > set.ErrorUs ? set.OffsetUs : 0;

    /// <summary>How long ago this moment of the coordinator's clock was; negative when it lies ahead.</summary>
    public TimeSpan Since(DateTimeOffset at) => CoordinatorNow - at;
}
