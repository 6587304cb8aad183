using System.Buffers.Text;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>
/// Reads ISO 8601 dates with a time from bytes, as RFC 3339 narrows them and a little wider: seconds and zone may be left out
/// (no zone is UTC), the fraction has any number of digits after '.' or ',', and the separators '-' and ':' may be missing.
/// Allocation-free.
/// </summary>
internal static class Iso8601
{
    /// <param name="consumed">How many bytes the time took; more may follow.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out SentAt sentAt, out int consumed)
    {
        sentAt = default;
        consumed = 0;
        var at = 0;
        if (!Date(text, ref at, out var day) || at == text.Length || text[at] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        at++;
        if (!Time(text, ref at, out var seconds, out var fractionUs, out var granularityUs) || !Zone(text, ref at, out var zoneSeconds))
        {
            return false;
        }

        var unixSeconds = (day.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond + seconds - zoneSeconds;
        sentAt = new SentAt((unixSeconds * 1_000_000) + fractionUs, granularityUs);
        consumed = at;
        return true;
    }

    private static bool Date(ReadOnlySpan<byte> text, ref int at, out DateTime day)
    {
        day = default;
        if (!Digits(text, ref at, 4, out var year))
        {
            return false;
        }

        var separated = Skip(text, ref at, (byte)'-');
        if (!Digits(text, ref at, 2, out var month) || (separated && !Skip(text, ref at, (byte)'-')) || !Digits(text, ref at, 2, out var date)
            || year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, date, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool Time(ReadOnlySpan<byte> text, ref int at, out long seconds, out long fractionUs, out long granularityUs)
    {
        (seconds, fractionUs, granularityUs) = (0, 0, 60_000_000);
        if (!Digits(text, ref at, 2, out var hour) || hour > 23)
        {
            return false;
        }

        var separated = Skip(text, ref at, (byte)':');
        if (!Digits(text, ref at, 2, out var minute) || minute > 59)
        {
            return false;
        }

        seconds = (hour * 3600) + (minute * 60);
        var before = at;
        if ((separated && !Skip(text, ref at, (byte)':')) || !Digits(text, ref at, 2, out var second))
        {
            at = before;
            return true;
        }

        // 60 is a leap second: the clocks of computers call it the first one of the next minute.
        if (second > 60)
        {
            return false;
        }

        seconds += second;
        granularityUs = 1_000_000;
        if (at + 1 < text.Length && text[at] is (byte)'.' or (byte)',' && char.IsAsciiDigit((char)text[at + 1]))
        {
            at++;
            Fraction(text, ref at, out fractionUs, out granularityUs);
        }

        return true;
    }

    private static void Fraction(ReadOnlySpan<byte> text, ref int at, out long us, out long granularityUs)
    {
        (us, granularityUs) = (0, 1_000_000);
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            granularityUs /= 10;
            us += (text[at] - '0') * granularityUs;
        }
    }

    private static bool Zone(ReadOnlySpan<byte> text, ref int at, out long seconds)
    {
        seconds = 0;
        if (at == text.Length)
        {
            return true;
        }

        if (text[at] is (byte)'Z' or (byte)'z')
        {
            at++;
            return true;
        }

        // A '-' without two digits belongs to what follows the time ("…-4" as in the id 2026-03-01T12:00:00-4).
        var next = at + 1;
        if (text[at] is not ((byte)'+' or (byte)'-') || !Digits(text, ref next, 2, out var hours))
        {
            return true;
        }

        var end = next;
        Skip(text, ref next, (byte)':');
        if (Digits(text, ref next, 2, out var minutes))
        {
            end = next;
        }

        if (hours > 23 || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 3600) + (minutes * 60)) * (text[at] == '-' ? -1 : 1);
        at = end;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        var digits = text.Slice(at, count);
        if (!char.IsAsciiDigit((char)digits[0]) || !Utf8Parser.TryParse(digits, out value, out var consumed) || consumed != count)
        {
            value = 0;
            return false;
        }

        at += count;
        return true;
    }

    private static bool Skip(ReadOnlySpan<byte> text, ref int at, byte separator)
    {
        if (at < text.Length && text[at] == separator)
        {
            at++;
            return true;
        }

        return false;
    }
}
