using HdrHistogram;

namespace ActorLoad.Messages.Stats;

/// <summary>
/// Milliseconds out of a histogram of microseconds. Percentiles and the highest value are the upper end of their bucket, the
/// lowest value is the lower end of its own, so that no error of the buckets makes a result look better than it was.
/// </summary>
public static class TimingMath
{
    /// <param name="percentile">0 to 100.</param>
    public static double Percentile(HistogramBase histogram, double percentile) =>
        Milliseconds(histogram.GetValueAtPercentile(percentile));

    public static double Max(HistogramBase histogram) => Milliseconds(histogram.GetMaxValue());

    public static double Min(HistogramBase histogram)
    {
        foreach (var value in histogram.RecordedValues())
        {
            return Milliseconds(histogram.LowestEquivalentValue(value.ValueIteratedTo));
        }

        return 0;
    }

    public static double Mean(HistogramBase histogram)
    {
        // Summed as double: a long overflows at a billion samples of a few hours.
        var sum = 0.0;
        foreach (var value in histogram.RecordedValues())
        {
            sum += (double)histogram.MedianEquivalentValue(value.ValueIteratedTo) * value.CountAtValueIteratedTo;
        }

        return histogram.TotalCount == 0 ? 0 : sum / histogram.TotalCount / 1000;
    }

    private static double Milliseconds(long microseconds) => microseconds / 1000.0;
}
