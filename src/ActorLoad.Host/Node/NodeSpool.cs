using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Stats;
using ActorLoad.Host.Reports.Folders;

namespace ActorLoad.Host.Node;

/// <summary>What this node's worker has kept on disk; a run that was reported has taken it away. Other workers may keep theirs in the same folder.</summary>
/// <param name="mark">The end of the worker's id (<see cref="NodeLife.Mark"/>), and so of the names of its files.</param>
internal sealed class NodeSpool(string folder, string mark)
{
    /// <param name="left">The worker's own word; null = it had no time for one, and its files have to tell.</param>
    /// <returns>The folder of the run whose windows it kept, of several the last one; null when there is none.</returns>
    public string? Kept(WorkerActor.Left? left)
    {
        try
        {
            return left is not null
                ? File.Exists(left.Spool) ? Path.GetDirectoryName(left.Spool) : null
                : Directory.Exists(folder)
                ? new DirectoryInfo(folder).EnumerateFiles($"*{mark}{SpoolFiles.WindowsSuffix}", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                    .MaxBy(f => f.LastWriteTimeUtc)?.DirectoryName
                : null;
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            // Only a hint; its absence stops nothing.
            return null;
        }
    }
}
