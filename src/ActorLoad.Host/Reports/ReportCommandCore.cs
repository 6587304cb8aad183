using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;

namespace ActorLoad.Host.Reports;

/// <summary>What <c>report DIR --format F</c> does, short of printing it.</summary>
public static class ReportCommandCore
{
    /// <summary>The formats that <see cref="Render"/> knows.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "md", "junit", "csv"];

    /// <summary>The report as text that ends with a line feed.</summary>
    /// <exception cref="RunFolderException">There is no such folder, no run in it, or no such format.</exception>
    public static string Render(string directory, string format)
    {
        if (!Formats.Contains(format))
        {
            throw new RunFolderException($"there is no report format '{format}': use one of {string.Join(", ", Formats)}");
        }

        var summary = Read(directory);
        return format switch
        {
            "md" => MarkdownReport.Render(summary),
            "junit" => JunitReport.Render(summary),
            "csv" => CsvReport.Render(summary),
            _ => SummaryFile.ToJson(summary) + "\n",
        };
    }

    /// <summary>
    /// The summary of a run folder; of a run that was killed, one rebuilt from its timeline; of a spool folder, one made of what its
    /// workers kept.
    /// </summary>
    /// <exception cref="RunFolderException">There is no such folder, or no run in it.</exception>
    public static Summary Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new RunFolderException($"there is no folder {directory}");
        }

        var summary = Path.Combine(directory, SummaryFile.Name);
        if (File.Exists(summary))
        {
            return SummaryFile.Read(summary);
        }

        if (File.Exists(Path.Combine(directory, TimelineWriter.Name)))
        {
            return KilledRun.Rebuild(directory);
        }

        return SpooledRun.IsAt(directory)
            ? SpooledRun.Rebuild(directory)
            : throw new RunFolderException(
                $"{directory} is no run folder: it has neither {SummaryFile.Name} nor {TimelineWriter.Name}"
                + SpooledRun.Hint(directory));
    }
}
