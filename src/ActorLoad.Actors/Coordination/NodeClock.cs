using ActorLoad.Messages.Protocol;

namespace ActorLoad.Actors.Coordination;

/// <summary>This machine's clock and how far the coordinator's is ahead of it.</summary>
internal sealed class NodeClock(TimeProvider time)
{
    // A hundred years: no two clocks are further apart, and moments stay within what can be told.
    private const long MostUs = 100L * 365 * 24 * 3600 * 1_000_000;

    /// <summary>In microseconds; 0 as long as the measured offset is not more than its error, for then the clocks may as well agree.</summary>
    public long OffsetUs { get; private set; }

    /// <summary>Microseconds since 1970 on this machine's clock.</summary>
    public long NowUnixUs => (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>What the coordinator's clock shows.</summary>
    public DateTimeOffset CoordinatorNow => time.GetUtcNow() + TimeSpan.FromMicroseconds(OffsetUs);

    public void Set(WorkerProtocol.ClockSet set)
    {
        var isSound = set.OffsetUs is >= -MostUs and <= MostUs && set.ErrorUs >= 0;
        OffsetUs = isSound && Math.Abs(set.OffsetUs) > set.ErrorUs ? set.OffsetUs : 0;
    }

    /// <summary>How long ago this moment of the coordinator's clock was; negative when it lies ahead.</summary>
    public TimeSpan Since(DateTimeOffset at) => CoordinatorNow - at;
}
