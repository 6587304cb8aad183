using System.Buffers.Text;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>
/// Reads sequence numbers. Of a text the last group of digits counts and what stands before it is ignored: <c>123</c>,
/// <c>orders-123</c> and <c>1760000000:123</c> are all 123, and <c>123-4</c> is 4. A number written as a JSON number has to be whole.
/// </summary>
internal static class SequenceText
{
    /// <summary>2^53: up to here every whole number survives the arithmetic of every language.</summary>
    public const long Highest = 1L << 53;

    private const int MostDigits = 16;

    /// <returns>What is wrong with it; null when <paramref name="number"/> is it.</returns>
    public static FailureReason? ReadText(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        var start = text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        if (start == text.Length)
        {
            return FailureReason.WrongType;
        }

        // A sign in front of nothing but digits makes a negative number, not a prefix.
        return start == 1 && text[0] == (byte)'-' ? FailureReason.OutOfRange : ReadDigits(text[start..], out number);
    }

    /// <param name="json">A number as JSON writes it.</param>
    /// <param name="number">0 to <see cref="Highest"/>.</param>
    /// <returns>What is wrong with it; null when <paramref name="number"/> is it.</returns>
    public static FailureReason? ReadNumber(ReadOnlySpan<byte> json, out long number)
    {
        if (json.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            return ReadDigits(json, out number);
        }

        // Some languages write whole numbers as 12.0 or 1e3.
        number = 0;
        if (!Utf8Parser.TryParse(json, out double value, out var read) || read != json.Length)
        {
            return FailureReason.WrongType;
        }

        if (value is < 0 or > Highest || json[0] == (byte)'-')
        {
            return FailureReason.OutOfRange;
        }

        number = (long)value;
        return number == value ? null : FailureReason.WrongType;
    }

    private static FailureReason? ReadDigits(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        digits = digits.TrimStart((byte)'0');
        if (digits.Length > MostDigits)
        {
            return FailureReason.OutOfRange;
        }

        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number > Highest ? FailureReason.OutOfRange : null;
    }
}
