namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Sums that many threads add to and one thread reads. Each processor has a stripe of its own, so that adding is one
/// uncontended interlocked instruction. Sums only grow; whoever reads takes differences.
/// </summary>
public sealed class StripedCounters
{
    // Stripes lie at least two cache lines apart.
    private const int Padding = 16;

    private readonly long[] _cells;
    private readonly int _stride;
    private readonly int _count;

    public StripedCounters(int count)
    {
        _count = count;
        _stride = count + Padding;
        _cells = new long[_stride * Stripe.Count];
    }

    public void Increment(int index) => Interlocked.Increment(ref _cells[(Stripe.Current * _stride) + index]);

    public void Add(int index, long amount) => Interlocked.Add(ref _cells[(Stripe.Current * _stride) + index], amount);

    /// <summary>The sum since the beginning.</summary>
    public long Sum(int index)
    {
        var sum = 0L;
        for (var stripe = 0; stripe < Stripe.Count; stripe++)
        {
            sum += Volatile.Read(ref _cells[(stripe * _stride) + index]);
        }

        return sum;
    }

    /// <summary>What was added since <paramref name="before"/> was taken, which is brought up to date.</summary>
    public long[] TakeDifference(long[] before)
    {
        var difference = new long[_count];
        for (var i = 0; i < _count; i++)
        {
            var sum = Sum(i);
            difference[i] = sum - before[i];
            before[i] = sum;
        }

        return difference;
    }
}
