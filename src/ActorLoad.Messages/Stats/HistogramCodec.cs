using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;

namespace ActorLoad.Messages.Stats;

/// <summary>
/// One shape for every timing histogram (1 µs to 24 h, 3 significant digits), and its compact encoding
/// (HdrHistogram V2, compressed): the form in which windows travel from worker to coordinator.
/// </summary>
public static class HistogramCodec
{
    public const long HighestMicroseconds = 24L * 3600 * 1_000_000;
    public const int SignificantDigits = 3;

    internal const int CompressedCookieV2 = 0x1c849314;
    private const int HeaderLength = 8;

    public static LongHistogram Create() => new(1, HighestMicroseconds, SignificantDigits);

    public static byte[] Encode(HistogramBase histogram)
    {
        // The package's own compression leaves out the checksum that zlib (RFC 1950) demands, and compresses the whole buffer
        // rather than what was put into it: readers in other languages refuse the one, and the other costs time.
        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        var plain = new byte[histogram.Encode(buffer, HistogramEncoderV2.Instance)];
        buffer.Position = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = buffer.Get();
        }

        using var compressed = new MemoryStream(256);
        compressed.SetLength(HeaderLength);
        compressed.Position = HeaderLength;
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(plain);
        }

        var bytes = compressed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedCookieV2);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - HeaderLength);
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are no encoded histogram.</exception>
    public static HistogramBase Decode(byte[] bytes)
    {
        try
        {
            return HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(bytes), 0);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no encoded histogram: {e.Message}", e);
        }
    }
}
