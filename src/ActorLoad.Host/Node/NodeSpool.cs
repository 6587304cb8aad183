using ActorLoad.Host.Reports.Folders;

namespace ActorLoad.Host.Node;

/// <summary>What this node's worker has kept on disk; a run that was reported has taken it away.</summary>
internal sealed class NodeSpool(string folder)
{
    private readonly DateTime _since = DateTime.UtcNow;

    /// <returns>The folder of the run whose windows were written last since this node started; null when there is none.</returns>
    public string? Kept()
    {
        try
        {
            return Directory.Exists(folder)
                ? new DirectoryInfo(folder).EnumerateFiles("*.windows", SearchOption.AllDirectories)
                    .Where(f => f.LastWriteTimeUtc >= _since)
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
