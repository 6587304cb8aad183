using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// A histogram of one timing that many threads record into without a lock and one thread drains. Memory comes with the
/// first value: a timing that never occurs costs nothing.
/// </summary>
public sealed class StripedTiming
{
    private readonly Recorder?[] _stripes = new Recorder?[Stripe.Count];
    private readonly HistogramBase?[] _recycled = new HistogramBase?[Stripe.Count];
    private int _dirty;

    /// <param name="ticks">Timestamp ticks; negative counts as zero, more than a day as a day.</param>
    public void Record(long ticks) => RecordMicroseconds(Microseconds.FromTicks(ticks));

    /// <param name="us">Microseconds; negative counts as zero, more than a day as a day.</param>
    public void RecordMicroseconds(long us)
    {
        var stripe = Stripe.Current;
        var recorder = _stripes[stripe] ?? CreateStripe(stripe);
        recorder.RecordValue(Math.Clamp(us, 0, HistogramCodec.HighestMicroseconds));
        if (Volatile.Read(ref _dirty) == 0)
        {
            Volatile.Write(ref _dirty, 1);
        }
    }

    /// <summary>What was recorded since the last call, or null when nothing was. One caller at a time.</summary>
    public LongHistogram? Drain()
    {
        if (Interlocked.Exchange(ref _dirty, 0) == 0)
        {
            return null;
        }

        var sum = HistogramCodec.Create();
        for (var stripe = 0; stripe < _stripes.Length; stripe++)
        {
            if (Volatile.Read(ref _stripes[stripe]) is { } recorder)
            {
                var interval = recorder.GetIntervalHistogram(_recycled[stripe]);
                sum.Add(interval);
                _recycled[stripe] = interval;
            }
        }

        return sum.TotalCount == 0 ? null : sum;
    }

    private Recorder CreateStripe(int stripe)
    {
        var created = new Recorder(
            1,
            HistogramCodec.HighestMicroseconds,
            HistogramCodec.SignificantDigits,
            static (id, low, high, digits) => new LongConcurrentHistogram(id, low, high, digits));
        return Interlocked.CompareExchange(ref _stripes[stripe], created, null) ?? created;
    }
}
