using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;

namespace ActorLoad.Messages.Stats;

/// <summary>
/// The filled buckets of one encoded histogram of <see cref="HistogramCodec"/>'s shape. A window fills a few hundred of the 27,000 buckets
/// that a histogram has: a coordinator that merges a thousand of them a second reads only those, and allocates only for those.
/// </summary>
public sealed class HistogramBuckets
{
    // HdrHistogram V2: cookie, payload length, normalizing index offset, digits, lowest value, highest value, conversion ratio.
    private const int CookieV2 = 0x1c849303;
    private const int HeaderLength = 40;
    private const int CompressedHeaderLength = 8;

    // A count takes at most 9 bytes, and there are fewer than this many.
    private const int MostBuckets = 28 * 1024;
    private const int MostBytes = HeaderLength + (9 * MostBuckets);

    // 3 digits need 2,048 equal steps; every further power of two has the upper half of them.
    private const int HalfBits = 10;
    private const int Half = 1 << HalfBits;

    // In one bucket; sums of those of any number of windows still fit.
    private const long MostCount = 1_000_000_000_000;

    private readonly List<(long Value, long Count)> _filled = [];

    private HistogramBuckets()
    {
    }

    /// <summary>The lowest value of each filled bucket, and how often it was recorded; values ascend.</summary>
    public IReadOnlyList<(long Value, long Count)> Filled => _filled;

    /// <exception cref="InvalidDataException">The bytes are no encoded histogram of this shape.</exception>
    public static HistogramBuckets Decode(byte[] bytes)
    {
        var plain = ArrayPool<byte>.Shared.Rent(MostBytes);
        try
        {
            var length = Decompress(bytes, plain);
            var buckets = new HistogramBuckets();
            buckets.Read(Payload(plain.AsSpan(0, length)));
            return buckets;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    public void AddTo(LongHistogram histogram)
    {
        foreach (var (value, count) in _filled)
        {
            histogram.RecordValueWithCount(value, count);
        }
    }

    private static int Decompress(byte[] bytes, byte[] plain)
    {
        if (bytes.Length < CompressedHeaderLength || BinaryPrimitives.ReadInt32BigEndian(bytes) != HistogramCodec.CompressedCookieV2)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no encoded histogram");
        }

        using var zlib = new ZLibStream(new MemoryStream(bytes, CompressedHeaderLength, bytes.Length - CompressedHeaderLength), CompressionMode.Decompress);
        int length;
        try
        {
            length = zlib.ReadAtLeast(plain, MostBytes, throwOnEndOfStream: false);
        }
        catch (IOException e)
        {
            // Some damage, such as a header that asks for a dictionary, has an exception of its own.
            throw new InvalidDataException("an encoded histogram cannot be decompressed", e);
        }

        return length < MostBytes ? length : throw new InvalidDataException("an encoded histogram is larger than any can be");
    }

    private static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < HeaderLength
            || BinaryPrimitives.ReadInt32BigEndian(plain) is var cookie && (cookie & ~0xf0) != (CookieV2 & ~0xf0)
            || BinaryPrimitives.ReadInt32BigEndian(plain[4..]) is var length && (length < 0 || length > plain.Length - HeaderLength)
            || BinaryPrimitives.ReadInt32BigEndian(plain[8..]) != 0
            || BinaryPrimitives.ReadInt32BigEndian(plain[12..]) != HistogramCodec.SignificantDigits
            || BinaryPrimitives.ReadInt64BigEndian(plain[16..]) != 1
            || BinaryPrimitives.ReadInt64BigEndian(plain[24..]) != HistogramCodec.HighestMicroseconds)
        {
            throw new InvalidDataException("an encoded histogram has another shape");
        }

        return plain.Slice(HeaderLength, length);
    }

    // Counts in order, each a ZigZag LEB128 number; a negative one stands for as many empty buckets.
    private void Read(ReadOnlySpan<byte> payload)
    {
        var index = 0L;
        while (payload.Length > 0)
        {
            var count = ReadZigZag(ref payload);
            if (count > 0)
            {
                var value = index < MostBuckets ? ValueOf((int)index) : long.MaxValue;
                if (value > HistogramCodec.HighestMicroseconds)
                {
                    throw new InvalidDataException("an encoded histogram has more buckets than any can have");
                }

                if (count > MostCount)
                {
                    throw new InvalidDataException("an encoded histogram counts more than can have happened");
                }

                _filled.Add((value, count));
            }

            index += count < 0 ? Math.Min(-count, MostBuckets) : 1;
            if (count == long.MinValue || index > 2 * MostBuckets)
            {
                throw new InvalidDataException("an encoded histogram has more buckets than any can have");
            }
        }
    }

    private static long ReadZigZag(ref ReadOnlySpan<byte> payload)
    {
        var number = 0UL;
        for (var i = 0; i < 9; i++)
        {
            if (i == payload.Length)
            {
                throw new InvalidDataException("an encoded histogram is cut");
            }

            // The ninth byte has no flag of its own: all its eight bits count.
            var b = payload[i];
            number |= (ulong)(i < 8 ? b & 0x7f : b) << (7 * i);
            if (i == 8 || b < 0x80)
            {
                payload = payload[(i + 1)..];
                break;
            }
        }

        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private static long ValueOf(int index)
    {
        var power = (index >> HalfBits) - 1;
        return power < 0 ? index : (long)((index & (Half - 1)) + Half) << power;
    }
}
