using ActorLoad.Messages.Stats;
using CsCheck;
using HdrHistogram;

namespace ActorLoad.Messages.Tests.Stats;

public sealed class HistogramBucketsTests
{
    // Values of every size, and counts that need one byte or many.
    private static readonly Gen<(long Value, long Count)[]> Recorded =
        Gen.Select(Gen.Double[0, 10.93].Select(e => (long)Math.Pow(10, e)), Gen.Int[0, 30].Select(bits => 1L << bits)).Array[0, 100];

    [Fact]
    public void Adding_the_buckets_is_adding_the_histogram() => Recorded.Sample(recorded =>
    {
        var bytes = HistogramCodec.Encode(Histogram(recorded));
        var added = Histogram([(7, 3)]);
        added.Add(HistogramCodec.Decode(bytes));
        var merged = Histogram([(7, 3)]);
        HistogramBuckets.Decode(bytes).AddTo(merged);

        Assert.Equal(HistogramCodec.Encode(added), HistogramCodec.Encode(merged));
        Assert.Equal(added.TotalCount, merged.TotalCount);
        Assert.Equal(added.GetMaxValue(), merged.GetMaxValue());
        Assert.All([0, 50, 99.9, 100], p => Assert.Equal(added.GetValueAtPercentile(p), merged.GetValueAtPercentile(p)));
    }, iter: 300);

    [Fact]
    public void The_lowest_and_the_highest_value_have_buckets()
    {
        var buckets = HistogramBuckets.Decode(HistogramCodec.Encode(Histogram([(0, 1), (1, 2), (HistogramCodec.HighestMicroseconds, 3)])));
        Assert.Equal([1, 2, 3], buckets.Filled.Select(f => f.Count));
        Assert.Equal(HistogramCodec.HighestMicroseconds, buckets.Filled[^1].Value, HistogramCodec.HighestMicroseconds * 0.001);
    }

    [Fact]
    public void What_is_no_histogram_of_this_shape_is_refused()
    {
        Gen.Byte.Array[0, 60].Sample(bytes => Assert.Throws<InvalidDataException>(() => HistogramBuckets.Decode(bytes)));
        var coarse = new LongHistogram(1, HistogramCodec.HighestMicroseconds, 2);
        Assert.Throws<InvalidDataException>(() => HistogramBuckets.Decode(HistogramCodec.Encode(coarse)));
        var whole = HistogramCodec.Encode(Histogram([.. Enumerable.Range(0, 1000).Select(i => (97L * i, 1L))]));
        Assert.Throws<InvalidDataException>(() => HistogramBuckets.Decode(whole[..(whole.Length / 2)]));
    }

    [Fact]
    public void Whatever_byte_is_wrong_there_is_one_kind_of_error() => Gen.Select(Recorded, Gen.Int[8, 10_000], Gen.Byte).Sample((recorded, at, wrong) =>
    {
        var bytes = HistogramCodec.Encode(Histogram(recorded));
        bytes[8 + (at % (bytes.Length - 8))] = wrong;
        try
        {
            HistogramBuckets.Decode(bytes);
        }
        catch (InvalidDataException)
        {
            // Anything else fails the test.
        }
    }, iter: 300);

    [Fact]
    public void A_dictionary_that_nobody_has_is_the_same_error()
    {
        var bytes = HistogramCodec.Encode(Histogram([(1, 1)]));
        Assert.Equal(0x78, bytes[8]);
        bytes[9] = 0xbb;
        Assert.Throws<InvalidDataException>(() => HistogramBuckets.Decode(bytes));
    }

    private static LongHistogram Histogram((long Value, long Count)[] recorded)
    {
        var histogram = HistogramCodec.Create();
        foreach (var (value, count) in recorded)
        {
            histogram.RecordValueWithCount(value, count);
        }

        return histogram;
    }
}
