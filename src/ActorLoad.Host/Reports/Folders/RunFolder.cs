using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>
/// The files of one run. Made before the run starts, so that a folder that cannot be written is found out while nothing has
/// happened yet; fed with every closed second; completed by the summary. Not thread-safe: seconds come from one place.
/// </summary>
public sealed class RunFolder : IDisposable
{
    public const string ScenarioName = "scenario.conf";
    public const string LogName = "run.log";

    /// <summary>Below a node's results, where its worker keeps what is not reported yet.</summary>
    public const string SpoolName = "spool";

    // A run that changes its coordinator as often has other problems.
    private const int MostFolders = 100;

    private TimelineWriter? _timeline;
    private HistogramLog? _histograms;

    private RunFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Where the program's own log of this run goes.</summary>
    public string LogPath => File(LogName);

    /// <summary>Why seconds are no longer written (a full disk, say), else null. The run itself goes on.</summary>
    public string? Problem { get; private set; }

    /// <param name="run">Names the folder when <paramref name="directory"/> does not.</param>
    /// <param name="directory">What <c>--out</c> gave, or null for <c>results/&lt;run-id&gt;</c> below the current directory.</param>
    /// <exception cref="RunFolderException">It is not empty, or cannot be made or written.</exception>
    public static RunFolder Create(RunId run, string? directory)
    {
        if (directory is { Length: 0 })
        {
            throw new RunFolderException("the run folder needs a name: --out is empty");
        }

        var shown = directory ?? System.IO.Path.Combine("results", run.Value);
        try
        {
            var path = System.IO.Path.GetFullPath(shown);
            Directory.CreateDirectory(path);
            if (Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new RunFolderException($"the run folder {shown} is not empty: name a new one with --out, or remove it first");
            }

            Probe(path);
            return new RunFolder(path);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"the run folder {shown} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>
    /// Makes <c>&lt;results&gt;/&lt;run-id&gt;</c>. Where that is there already, because another coordinator that writes to the same
    /// disk made it before this one took the run over, it is <c>&lt;run-id&gt;-2</c>, and so on.
    /// </summary>
    /// <exception cref="RunFolderException">It cannot be made or written, or would be the spool.</exception>
    public static RunFolder CreateIn(string results, RunId run)
    {
        if (run.Value.Equals(SpoolName, StringComparison.OrdinalIgnoreCase))
        {
            throw new RunFolderException($"no run can be called {run}: workers keep their windows in {results}/{SpoolName}");
        }

        for (var n = 1; n < MostFolders; n++)
        {
            var path = System.IO.Path.Combine(results, n == 1 ? run.Value : $"{run.Value}-{n}");
            if (!Directory.Exists(path))
            {
                return Create(run, path);
            }
        }

        throw new RunFolderException($"{results} has {MostFolders - 1} folders of run {run} already");
    }

    /// <summary>Keeps the scenario as it ran.</summary>
    /// <param name="text">Resolved, with secrets masked.</param>
    /// <exception cref="RunFolderException">The file cannot be written.</exception>
    public void WriteScenario(string text)
    {
        try
        {
            System.IO.File.WriteAllText(File(ScenarioName), text);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{File(ScenarioName)} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Adds a closed second to timeline and histogram log. Never throws for a file: see <see cref="Problem"/>.</summary>
    public void Append(RunSecond second)
    {
        if (Problem is not null)
        {
            return;
        }

        try
        {
            _timeline ??= new TimelineWriter(Open(TimelineWriter.Name));
            _timeline.Append(second);
            _histograms ??= new HistogramLog(Open(HistogramLog.Name), second.Start);
            _histograms.Append(second);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            Problem = $"the timeline in {Path} ends at second {second.Number}: {e.Message}";
        }
    }

    /// <exception cref="RunFolderException">The file cannot be written.</exception>
    public void WriteSummary(Summary summary) => SummaryFile.Write(File(SummaryFile.Name), summary);

    public void Dispose()
    {
        _timeline?.Dispose();
        _histograms?.Dispose();
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);

    // Unbuffered: what is written has left the process, and survives it. Others may read along.
    private FileStream Open(string name) =>
        new(File(name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private static void Probe(string path)
    {
        var probe = System.IO.Path.Combine(path, ".probe");
        using (System.IO.File.Create(probe, 1, FileOptions.DeleteOnClose))
        {
        }
    }
}
