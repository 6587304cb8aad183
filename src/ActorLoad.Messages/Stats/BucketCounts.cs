namespace ActorLoad.Messages.Stats;

/// <summary>
/// The filled buckets of histograms of moments: far smaller than a histogram when there are few, and what a storm's recovery
/// is read from. Values are microseconds, the upper ends of their buckets. Not thread-safe.
/// </summary>
public sealed class BucketCounts
{
    private readonly SortedDictionary<long, long> _counts = [];

    public long Total { get; private set; }

    /// <param name="histogram">As <see cref="HistogramCodec"/> encodes it; null adds nothing.</param>
    public void Add(byte[]? histogram)
    {
        if (histogram is null)
        {
            return;
        }

        foreach (var bucket in HistogramCodec.Decode(histogram).RecordedValues())
        {
            Add(bucket.ValueIteratedTo, bucket.CountAtValueIteratedTo);
        }
    }

    public void Add(BucketCounts other)
    {
        foreach (var (value, count) in other._counts)
        {
            Add(value, count);
        }
    }

    /// <summary>The value by which so many have been counted; null when there are fewer.</summary>
    /// <param name="count">At least 1.</param>
    public long? ValueOf(long count)
    {
        foreach (var (value, here) in _counts)
        {
            count -= here;
            if (count <= 0)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The most that lie within any stretch of this length.</summary>
    /// <param name="length">Microseconds.</param>
    public long MostWithin(long length)
    {
        var window = new Queue<(long Value, long Count)>();
        var (sum, most) = (0L, 0L);
        foreach (var (value, count) in _counts)
        {
            window.Enqueue((value, count));
            sum += count;
            while (window.Peek().Value <= value - length)
            {
                sum -= window.Dequeue().Count;
            }

            most = Math.Max(most, sum);
        }

        return most;
    }

    private void Add(long value, long count)
    {
        _counts[value] = _counts.GetValueOrDefault(value) + count;
        Total += count;
    }
}
