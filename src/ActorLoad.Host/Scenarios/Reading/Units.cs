using System.Globalization;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Durations and sizes as scenarios write them; what is written here is read back as the same value.</summary>
internal static class Units
{
    public static string Text(TimeSpan duration)
    {
        var ms = duration.TotalMilliseconds;
        return ms switch
        {
            0 => "0s",
            _ when ms % 3_600_000 == 0 => Plain(ms / 3_600_000) + "h",
            _ when ms % 60_000 == 0 => Plain(ms / 60_000) + "m",
            _ when ms % 1000 == 0 => Plain(ms / 1000) + "s",
            _ => Plain(ms) + "ms",
        };
    }

    public static string Text(int bytes) => bytes switch
    {
        _ when bytes % (1024 * 1024) == 0 => $"{bytes / (1024 * 1024)}MiB",
        _ when bytes % 1024 == 0 => $"{bytes / 1024}KiB",
        _ => $"{bytes}B",
    };

    /// <summary>Never in exponent form, which durations do not take.</summary>
    private static string Plain(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
