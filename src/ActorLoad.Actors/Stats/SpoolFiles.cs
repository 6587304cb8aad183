using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Microsoft.Win32.SafeHandles;

namespace ActorLoad.Actors.Stats;

/// <summary>
/// What a worker keeps of a run on its disk until the report is written, in <c>FOLDER/RUN</c>: <c>WORKER.windows</c>
/// (<see cref="WindowSpool"/>) and <c>WORKER.run</c>, the bytes of a <see cref="WorkerProtocol.RunDescription"/>. A scenario may hold
/// passwords: only the files' owner may read them. Plain logic.
/// </summary>
public sealed class SpoolFiles
{
    public const string WindowsSuffix = ".windows";
    public const string RunSuffix = ".run";

    private static readonly string Manifest = WireMessages.Manifests.Single(m => m.Value == typeof(WorkerProtocol.RunDescription)).Key;

    private readonly string _folder;
    private readonly string _run;

    public SpoolFiles(string folder, RunId run, WorkerId worker)
    {
        _folder = Path.Combine(folder, Named(run.Value));
        _run = Path.Combine(_folder, Named(worker.Value) + RunSuffix);
        Windows = Path.Combine(_folder, Named(worker.Value) + WindowsSuffix);
    }

    /// <summary>Path of the file with the windows.</summary>
    public string Windows { get; }

    /// <summary>Writes what the run is, in place of what was written before.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void WriteRun(WorkerProtocol.RunDescription run)
    {
        var written = _run + ".new";
        using (var file = Open(written))
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, WireMessages.Encode(run), 0);
        }

        File.Move(written, _run, overwrite: true);
    }

    /// <summary>What a run is, from the file that <see cref="WriteRun"/> wrote.</summary>
    /// <returns>Null when there is something else in it, or it is of another version.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static WorkerProtocol.RunDescription? ReadRun(string path)
    {
        try
        {
            return WireMessages.Decode(Manifest, File.ReadAllBytes(path)) as WorkerProtocol.RunDescription;
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    /// <summary>Takes all of it away, and the run's folder with the last of its workers.</summary>
    /// <exception cref="IOException">Something cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Delete()
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (var path in new[] { Windows, _run, _run + ".new" })
        {
            File.Delete(path);
        }

        try
        {
            Directory.Delete(_folder);
        }
        catch (IOException)
        {
            // Another worker of this machine has its files there.
        }
    }

    internal static SafeFileHandle Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }

        return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    // Ids are made by other machines: no name leads out of the folder.
    private static string Named(string id)
    {
        var name = new string([.. id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '#' ? c : '-')]);
        return name.StartsWith('.') ? "_" + name[1..] : name;
    }
}
