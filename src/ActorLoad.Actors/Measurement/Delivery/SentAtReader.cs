using System.Buffers.Text;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>Reads a sending time from the bytes that arrived. Allocation-free and exact to the microsecond.</summary>
public static class SentAtReader
{
    // 2000 and 2200. What lies beyond was not meant as this kind of time: seconds read as milliseconds are in 1970.
    private const long FirstUs = 946_684_800_000_000;
    private const long EndUs = 7_258_118_400_000_000;

    /// <param name="text">A whole JSON number or the inside of a JSON text.</param>
    /// <param name="isNumber">The JSON document says that it is a number: one that cannot be read is too large, not malformed.</param>
    /// <returns>Null when it was read; <see cref="FailureReason.WrongType"/> or <see cref="FailureReason.OutOfRange"/>.</returns>
    public static FailureReason? Read(ReadOnlySpan<byte> text, SentAtFormat format, bool isNumber, out SentAt sentAt)
    {
        if (format == SentAtFormat.Iso8601)
        {
            return !isNumber && Iso8601.TryParse(text, out sentAt, out var consumed) && consumed == text.Length
                ? Check(sentAt)
                : Nothing(FailureReason.WrongType, out sentAt);
        }

        return Unix(text, format, isNumber, out sentAt);
    }

    /// <summary>
    /// Reads the first group of an event id: all of <c>1700000000123</c>, the part before the '-' of <c>1700000000123-4</c>
    /// (Redis), before the ':' of <c>1700000000123:4</c> (nchan). A time in ISO 8601 ends where it cannot go on.
    /// </summary>
    public static FailureReason? ReadId(ReadOnlySpan<byte> id, SentAtFormat format, out SentAt sentAt)
    {
        if (format == SentAtFormat.Iso8601)
        {
            return Iso8601.TryParse(id, out sentAt, out var consumed) && (consumed == id.Length || id[consumed] is (byte)'-' or (byte)':')
                ? Check(sentAt)
                : Nothing(FailureReason.WrongType, out sentAt);
        }

        // The sign of a negative number is no separator.
        var end = id.Length > 1 ? id[1..].IndexOfAny((byte)'-', (byte)':') : -1;
        return Unix(end < 0 ? id : id[..(end + 1)], format, isNumber: false, out sentAt);
    }

    private static FailureReason? Unix(ReadOnlySpan<byte> text, SentAtFormat format, bool isNumber, out SentAt sentAt)
    {
        // Whole numbers and plain decimals are nearly all there is.
        if (Utf8Parser.TryParse(text, out long whole, out var consumed))
        {
            if (consumed == text.Length)
            {
                return Whole(whole, format, out sentAt);
            }

            if (text[consumed] == '.' && consumed + 1 < text.Length && text[(consumed + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                return Decimals(whole, text[(consumed + 1)..], format, out sentAt);
            }
        }

        if (Utf8Parser.TryParse(text, out decimal number, out consumed) && consumed == text.Length)
        {
            number = decimal.Clamp(number, long.MinValue, long.MaxValue);
            return Whole((long)number, format, out sentAt) ?? Fraction(number, format, ref sentAt);
        }

        return Nothing(isNumber || IsDigits(text) ? FailureReason.OutOfRange : FailureReason.WrongType, out sentAt);
    }

    private static FailureReason? Whole(long value, SentAtFormat format, out SentAt sentAt)
    {
        var perUnit = UsPerUnit(format);
        if (perUnit == 0)
        {
            sentAt = new SentAt(value / 1000, 0);
            return Check(sentAt);
        }

        if (value < 0 || value > EndUs / perUnit)
        {
            return Nothing(FailureReason.OutOfRange, out sentAt);
        }

        sentAt = new SentAt(value * perUnit, perUnit == 1 ? 0 : perUnit);
        return Check(sentAt);
    }

    private static FailureReason? Decimals(long whole, ReadOnlySpan<byte> digits, SentAtFormat format, out SentAt sentAt)
    {
        if (Whole(whole, format, out sentAt) is { } problem)
        {
            return problem;
        }

        var (us, worth) = (sentAt.UnixUs, UsPerUnit(format));
        for (var i = 0; i < digits.Length && worth > 0; i++)
        {
            worth /= 10;
            us += (digits[i] - '0') * worth;
        }

        sentAt = new SentAt(us, worth > 1 ? worth : 0);
        return null;
    }

    // With an exponent, as some languages write large numbers.
    private static FailureReason? Fraction(decimal number, SentAtFormat format, ref SentAt sentAt)
    {
        sentAt = sentAt with { UnixUs = sentAt.UnixUs + (long)(number % 1 * UsPerUnit(format)) };
        return null;
    }

    /// <summary>0 for nanoseconds.</summary>
    private static long UsPerUnit(SentAtFormat format) => format switch
    {
        SentAtFormat.UnixS => 1_000_000,
        SentAtFormat.UnixMs => 1000,
        SentAtFormat.UnixUs => 1,
        _ => 0,
    };

    private static bool IsDigits(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[(text[0] == '-' ? 1 : 0)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && text[^1] != '-';

    private static FailureReason? Check(in SentAt sentAt) =>
        sentAt.UnixUs is >= FirstUs and < EndUs ? null : FailureReason.OutOfRange;

    private static FailureReason? Nothing(FailureReason reason, out SentAt sentAt)
    {
        sentAt = default;
        return reason;
    }
}
