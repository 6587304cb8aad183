using System.Buffers.Binary;
using System.Text;

namespace ActorLoad.Messages.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote, trusting nothing: every length is checked against what is there.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Steps within parallel steps are the deepest that scenarios go; this is far beyond.</summary>
    private const int MaxDepth = 200;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _depth;

    public readonly int Remaining => _bytes.Length - _at;

    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new WireFormatException($"the message is nested deeper than {MaxDepth}");
        }
    }

    public void Leave() => _depth--;

    public byte Byte()
    {
        Need(1);
        return _bytes[_at++];
    }

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new WireFormatException($"the number that ends at byte {_at} is longer than 64 bits");
    }

    public long Signed()
    {
        var raw = Unsigned();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    public double Double()
    {
        Need(8);
        var value = BinaryPrimitives.ReadDoubleLittleEndian(_bytes[_at..]);
        _at += 8;
        return value;
    }

    /// <returns>A count, or -1 for null. Each counted element takes at least a byte, so no count is above what is left.</returns>
    public int Count()
    {
        var raw = Unsigned();
        if (raw > (ulong)Remaining + 1)
        {
            throw new WireFormatException($"byte {_at} announces {raw - 1} elements and {Remaining} bytes are left");
        }

        return (int)raw - 1;
    }

    public byte[]? Bytes()
    {
        var length = Count();
        return length < 0 ? null : Take(length).ToArray();
    }

    public string? Text()
    {
        var length = Count();
        try
        {
            return length < 0 ? null : Strict.GetString(Take(length));
        }
        catch (ArgumentException e)
        {
            throw new WireFormatException($"the text before byte {_at} is no UTF-8", e);
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        Need(length);
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }

    private readonly void Need(int count)
    {
        if (count > Remaining)
        {
            throw new WireFormatException($"the message ends at byte {_bytes.Length}, {count - Remaining} bytes too early");
        }
    }
}
