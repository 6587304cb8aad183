using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Coordination.Registry;

/// <summary>
/// How far a worker's clock is from the coordinator's. Of each burst of pings the one with the shortest round trip counts, because the
/// truth lies within half of it; of the last bursts the one with the least error. Older ones are forgotten: clocks drift. Plain logic.
/// </summary>
internal sealed class ClockBook
{
    /// <summary>So many pings make a burst.</summary>
    public const int Pings = 8;

    private const int Bursts = 3;

    private readonly List<(long OffsetUs, long RoundTripUs, int Pongs)> _bursts = [];

    /// <summary>The coordinator's clock minus the worker's; null before the first answer.</summary>
    public ClockEstimate? Estimate => Best is { } best
        ? new ClockEstimate(best.OffsetUs / 1000.0, ErrorOf(best.RoundTripUs) / 1000.0, best.RoundTripUs / 1000.0, best.Pongs)
        : null;

    private (long OffsetUs, long RoundTripUs, int Pongs)? Best =>
        _bursts.Where(b => b.Pongs > 0).OrderBy(b => b.RoundTripUs).Select(b => ((long, long, int)?)b).FirstOrDefault();

    public void Begin()
    {
        _bursts.Add((0, long.MaxValue, 0));
        if (_bursts.Count > Bursts)
        {
            _bursts.RemoveAt(0);
        }
    }

    /// <param name="nowUnixUs">When the pong came, on the clock on which the ping was stamped.</param>
    public void Add(WorkerProtocol.ClockPong pong, long nowUnixUs)
    {
        // Sent by somebody else's clock, or this one was set in between.
        var roundTrip = nowUnixUs - pong.SentUnixUs;
        if (_bursts.Count == 0 || roundTrip is < 0 or > 60_000_000)
        {
            return;
        }

        var (offset, shortest, pongs) = _bursts[^1];
        _bursts[^1] = roundTrip < shortest
            ? (pong.SentUnixUs + (roundTrip / 2) - pong.WorkerUnixUs, roundTrip, pongs + 1)
            : (offset, shortest, pongs + 1);
    }

    /// <returns>What the worker is to be told; null before the first answer.</returns>
    public (long OffsetUs, long ErrorUs)? Set() => Best is { } best ? (best.OffsetUs, ErrorOf(best.RoundTripUs)) : null;

    private static long ErrorOf(long roundTrip) => (roundTrip + 1) / 2;
}
