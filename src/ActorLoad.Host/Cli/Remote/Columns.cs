namespace ActorLoad.Host.Cli.Remote;

/// <summary>Rows of cells as lines with aligned columns.</summary>
internal static class Columns
{
    public static IEnumerable<string> Align(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToList();
        return rows.Select(r => string.Join("  ", r.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
