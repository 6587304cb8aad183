using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>Adds up an interval log again, bucket by bucket.</summary>
public static class HistogramSums
{
    /// <summary>Microseconds per timing. Ends quietly at the first damaged line, where a killed run stopped writing.</summary>
    /// <exception cref="RunFolderException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<Timing, LongHistogram> Read(string path)
    {
        var sums = new Dictionary<Timing, LongHistogram>();
        using var stream = Open(path);
        using var reader = new HistogramLogReader(stream);
        try
        {
            foreach (var interval in reader.ReadHistograms())
            {
                if (interval.Tag is { } tag && MetricNames.TryParse(tag, out Timing timing))
                {
                    if (!sums.TryGetValue(timing, out var sum))
                    {
                        sums.Add(timing, sum = HistogramCodec.Create());
                    }

                    sum.Add(interval);
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Half a line is what a kill or a full disk leaves at the end; the package's reader throws all sorts of things at it.
        }

        return sums;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
