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

    public static LongHistogram Create() => new(1, HighestMicroseconds, SignificantDigits);

    public static byte[] Encode(HistogramBase histogram)
    {
        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        var length = histogram.EncodeIntoCompressedByteBuffer(buffer);
        var bytes = new byte[length];
        buffer.Position = 0;
        for (var i = 0; i < length; i++)
        {
            bytes[i] = buffer.Get();
        }

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
