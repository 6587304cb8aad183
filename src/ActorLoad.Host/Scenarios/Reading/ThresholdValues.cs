using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>The limits that thresholds are written with; which units are possible depends on metric and aggregate.</summary>
internal static class ThresholdValues
{
    private static readonly (string Unit, double Factor)[] Times =
        [("us", 0.001), ("µs", 0.001), ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("", 1)];

    private static readonly (string Unit, double Factor)[] Sizes =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("B", 1), ("", 1)];

    private static readonly (string Unit, double Factor)[] Shares = [("%", 0.01), ("", 1)];

    private static readonly (string Unit, double Factor)[] Plain = [("", 1)];

    /// <summary>In the unit of <see cref="Messages.Scenarios.Threshold.Value"/>.</summary>
    public static ValueKind<double> Of(string metric, string aggregate)
    {
        var bytes = metric == Counter.Bytes.Name();
        var counts = bytes ? Sizes : Plain;
        return aggregate switch
        {
            "count" => new(bytes ? "a size such as 10MiB" : "a number", text => Number(text, counts)),
            "per_second" => new(bytes ? "a size a second such as 10MiB/s" : "a number such as 50 or 50/s", text => Number(WithoutPerSecond(text), counts)),
            "rate" => new("a share such as 1% or 0.01, at most 100%", text => Number(text, Shares) is { } share and <= 1 ? share : null),
            _ => new("a duration such as 250ms", text => Number(text, Times)),
        };
    }

    private static string WithoutPerSecond(string text) => text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2].TrimEnd() : text;

    private static double? Number(string text, (string Unit, double Factor)[] units)
    {
        var at = text.Length;
        while (at > 0 && !char.IsAsciiDigit(text[at - 1]) && text[at - 1] != '.')
        {
            at--;
        }

        foreach (var (unit, factor) in units)
        {
            // Dividing keeps "1%" the very number that 10 of 1000 make.
            if (text[at..].Trim() == unit && ValueKinds.ParseNumber(text[..at]) is { } number and >= 0 && double.IsFinite(number))
            {
                return factor < 1 ? number / (1 / factor) : number * factor;
            }
        }

        return null;
    }
}
