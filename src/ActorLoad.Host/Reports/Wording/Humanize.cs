using System.Globalization;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>Numbers as a person reads them; always with '.' and ',' whatever the machine's language.</summary>
public static class Humanize
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>1,234,567</c>; from 100 million on <c>123.4M</c>.</summary>
    public static string Count(long count) => Math.Abs((double)count) < 100_000_000
        ? count.ToString("#,0", CultureInfo.InvariantCulture)
        : (count / 1e6).ToString("#,0.0", CultureInfo.InvariantCulture) + "M";

    /// <summary>Three digits at least: <c>0.25</c>, <c>12.5</c>, <c>1,234</c>.</summary>
    public static string Rate(double rate) => Math.Abs(rate) switch
    {
        < 9.995 => rate.ToString("0.##", CultureInfo.InvariantCulture),
        < 99.95 => rate.ToString("0.#", CultureInfo.InvariantCulture),
        _ => rate.ToString("#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>A fraction as <c>1.25%</c>.</summary>
    public static string Percent(double fraction) =>
        (fraction * 100).ToString("0.####", CultureInfo.InvariantCulture) + "%";

    /// <summary>A time in milliseconds with three digits and its unit: <c>420µs</c>, <c>4.21ms</c>, <c>10.2s</c>, <c>1m10s</c>, <c>2h05m</c>.</summary>
    public static string Milliseconds(double ms)
    {
        var seconds = ms / 1000;
        return ms switch
        {
            <= 0 => "0ms",
            < 0.9995 => Number(ms * 1000, "0") + "µs",
            < 999.5 => Three(ms) + "ms",
            < 59_950 => Three(seconds) + "s",
            < 3_599_500 => Whole(seconds, 60, "m", "s"),
            _ => Whole(seconds / 60, 60, "h", "m"),
        };
    }

    /// <summary>A time in full, for comparing it with a limit: <c>250.1ms</c>, <c>10.235s</c>.</summary>
    public static string Exactly(double ms) => ms < 1000 ? Number(ms, "0.###") + "ms" : Number(ms / 1000, "#,0.######") + "s";

    public static string Duration(TimeSpan duration) => Milliseconds(duration.TotalMilliseconds);

    /// <summary><c>01:10</c>, or <c>1:01:10</c> from an hour on.</summary>
    public static string Clock(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)
        : $"{(long)time.TotalHours}:{time:mm\\:ss}";

    /// <summary><c>512 B</c>, <c>14.2 KiB</c>, <c>1.3 GiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1023.95 && unit < ByteUnits.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return Number(value, unit == 0 ? "0" : "0.0") + " " + ByteUnits[unit];
    }

    /// <summary><c>1 task</c>, <c>1,204 tasks</c>.</summary>
    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Three(double value) => Number(value, value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0");

    private static string Whole(double value, int per, string unit, string smaller)
    {
        var rounded = (long)Math.Round(value);
        return $"{rounded / per}{unit}{rounded % per:00}{smaller}";
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
