using System.Globalization;
using System.Text;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>
/// Writes <c>histograms.hlog</c>, an HdrHistogram interval log (format 1.3): a line per timing and second, tagged with the name
/// of the timing, values in microseconds. The package has a writer of its own, but that one writes UTF-16, which the log
/// readers of other languages do not take.
/// </summary>
public sealed class HistogramLog : IDisposable
{
    public const string Name = "histograms.hlog";

    private readonly Stream _stream;

    /// <param name="stream">Owned; disposed with the log.</param>
    public HistogramLog(Stream stream, DateTimeOffset startedAt)
    {
        _stream = stream;
        Write(
            "#[Histogram log format version 1.3]\n" +
            "#[Values are microseconds, Interval_Max is milliseconds]\n" +
            string.Create(CultureInfo.InvariantCulture, $"#[StartTime: {Seconds(startedAt):F3} (seconds since epoch), {startedAt.UtcDateTime:o}]\n") +
            "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    }

    public void Append(RunSecond second)
    {
        var lines = new StringBuilder();
        foreach (var (timing, histogram) in second.Second.Timings.Where(t => t.Value.TotalCount > 0).OrderBy(t => t.Key))
        {
            var payload = Convert.ToBase64String(HistogramCodec.Encode(histogram));
            lines.Append(
                CultureInfo.InvariantCulture,
                $"Tag={timing.Name()},{Seconds(second.Start):F3},{second.Length.TotalSeconds:F3},{TimingMath.Max(histogram):F3},{payload}\n");
        }

        Write(lines.ToString());
    }

    public void Dispose() => _stream.Dispose();

    private void Write(string text)
    {
        _stream.Write(Encoding.ASCII.GetBytes(text));
        _stream.Flush();
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
