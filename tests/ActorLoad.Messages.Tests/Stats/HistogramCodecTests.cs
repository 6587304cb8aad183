using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Messages.Tests.Stats;

public sealed class HistogramCodecTests
{
    [Fact]
    public void What_is_decoded_equals_what_was_encoded() => Gen.Long[0, HistogramCodec.HighestMicroseconds].Array[0, 200].Sample(values =>
    {
        var histogram = HistogramCodec.Create();
        foreach (var value in values)
        {
            histogram.RecordValue(value);
        }

        var decoded = HistogramCodec.Decode(HistogramCodec.Encode(histogram));
        Assert.Equal(values.Length, decoded.TotalCount);
        foreach (var value in values)
        {
            Assert.Equal(histogram.GetCountAtValue(value), decoded.GetCountAtValue(value));
        }

        var again = HistogramCodec.Create();
        again.Add(decoded);
        Assert.Equal(HistogramCodec.Encode(histogram), HistogramCodec.Encode(again));
    }, iter: 50);

    [Fact]
    public void Three_digits_are_kept_over_the_whole_range()
    {
        var histogram = HistogramCodec.Create();
        histogram.RecordValue(123_456_789);
        var value = HistogramCodec.Decode(HistogramCodec.Encode(histogram)).GetValueAtPercentile(50);
        Assert.InRange(value, 123_456_789 * 0.999, 123_456_789 * 1.001);
    }

    [Fact]
    public void Other_bytes_are_refused_with_one_kind_of_error() => Gen.Byte.Array[0, 60].Sample(bytes =>
        Assert.Throws<InvalidDataException>(() => HistogramCodec.Decode(bytes)));

    [Fact]
    public void A_cut_encoding_is_refused()
    {
        var histogram = HistogramCodec.Create();
        for (var value = 1; value < 100_000; value += 97)
        {
            histogram.RecordValue(value);
        }

        var bytes = HistogramCodec.Encode(histogram);
        Assert.Throws<InvalidDataException>(() => HistogramCodec.Decode(bytes[..(bytes.Length / 2)]));
    }
}
