using CsCheck;

namespace ActorLoad.Actors.Tests.Framing;

public sealed class SseDecoderPropertyTests
{
    private static readonly Gen<int[]> Sizes = Gen.Int[1, 12].Array[1, 8];
    private static readonly Gen<string> LastEventId = Gen.OneOf("", "41");

    [Fact]
    public void Streams_of_lines_decode_as_the_naive_reference_says() =>
        Gen.Select(Streams.OfLines, LastEventId).Sample((stream, id) =>
            Assert.Equal(ReferenceDecoder.Decode(stream, id), Decoding.Whole(stream, id)), iter: 5000);

    [Fact]
    public void Noise_decodes_as_the_naive_reference_says() =>
        Gen.Select(Streams.OfNoise, LastEventId).Sample((stream, id) =>
            Assert.Equal(ReferenceDecoder.Decode(stream, id), Decoding.Whole(stream, id)), iter: 10000);

    [Fact]
    public void Streams_of_lines_decode_alike_in_any_chunks() =>
        Gen.Select(Streams.OfLines, Sizes).Sample((stream, sizes) => AssertAlike(stream, sizes, Decoding.Plenty, Decoding.Plenty), iter: 5000);

    [Fact]
    public void Noise_decodes_alike_in_any_chunks() =>
        Gen.Select(Streams.OfNoise, Sizes).Sample((stream, sizes) => AssertAlike(stream, sizes, Decoding.Plenty, Decoding.Plenty), iter: 5000);

    [Fact]
    public void Limits_strike_at_the_same_place_in_any_chunks() =>
        Gen.Select(Streams.OfLines, Sizes, Gen.Int[1, 40], Gen.Int[1, 40]).Sample(AssertAlike, iter: 5000);

    private static void AssertAlike(byte[] stream, int[] sizes, int maxLine, int maxEvent)
    {
        var whole = Decoding.Whole(stream, "", maxLine, maxEvent, exact: true);
        Assert.Equal(whole, Decoding.Chunks(stream, Streams.Cuts(stream.Length, sizes), "", maxLine, maxEvent, exact: true));
        Assert.Equal(whole, Decoding.ByteByByte(stream, "", maxLine, maxEvent, exact: true));
    }
}
