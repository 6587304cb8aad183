using System.Buffers.Binary;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Microsoft.Win32.SafeHandles;

namespace ActorLoad.Actors.Stats;

/// <summary>
/// The windows of one worker in a file: for each its length (4 bytes, little endian) and the bytes of its
/// <see cref="WorkerProtocol.WindowReport"/>. A last record that is cut short, because its writer died, is left out; one
/// that the disk had no room for is overwritten by the next one. The file is there from the first window on; only its owner may read it. Plain logic; not thread-safe.
/// </summary>
public sealed class WindowSpool(string path) : IDisposable
{
    private const int LengthBytes = 4;
    private const int LongestRecord = 64 * 1024 * 1024;

    private static readonly string Manifest = WireMessages.Manifests.Single(m => m.Value == typeof(WorkerProtocol.WindowReport)).Key;

    private readonly Dictionary<int, (long At, int Length)> _records = [];
    private SafeFileHandle? _file;
    private bool _readOnly;
    private long _end;

    public string Path => path;

    /// <summary>The numbers of the windows in it.</summary>
    public IReadOnlyCollection<int> Numbers => _records.Keys;

    /// <summary>When it was opened, bytes followed the last record that could be read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads what a file holds that another process wrote, or writes: nothing can be written to this one.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static WindowSpool OpenForReading(string path)
    {
        var spool = new WindowSpool(path) { _readOnly = true };
        spool.Scan();
        return spool;
    }

    /// <exception cref="IOException">The window could not be written, the disk is full, say; what was written before is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public void Append(StatsWindow window)
    {
        var report = WireMessages.Encode(new WorkerProtocol.WindowReport(window));
        var record = new byte[LengthBytes + report.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, report.Length);
        report.CopyTo(record, LengthBytes);
        RandomAccess.Write(Handle(), record, _end);
        _records[window.Number] = (_end + LengthBytes, report.Length);
        _end += record.Length;
    }

    /// <returns>Null when it has no window of that number, or cannot read it any more.</returns>
    public StatsWindow? Read(int number)
    {
        if (!_records.TryGetValue(number, out var record))
        {
            return null;
        }

        try
        {
            return ReadAt(record.At, record.Length)?.Window;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Closes the file; the spool can still be used, and opens it again.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Scan()
    {
        var length = RandomAccess.GetLength(Handle());
        Span<byte> header = stackalloc byte[LengthBytes];
        while (_end + LengthBytes <= length)
        {
            RandomAccess.Read(Handle(), header, _end);
            var size = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (size is <= 0 or > LongestRecord || _end + LengthBytes + size > length || ReadAt(_end + LengthBytes, size) is not { } report)
            {
                break;
            }

            _records[report.Window.Number] = (_end + LengthBytes, size);
            _end += LengthBytes + size;
        }

        IsCut = _end < length;
    }

    private WorkerProtocol.WindowReport? ReadAt(long at, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length)
        {
            var more = RandomAccess.Read(Handle(), bytes.AsSpan(read), at + read);
            if (more == 0)
            {
                return null;
            }

            read += more;
        }

        try
        {
            return WireMessages.Decode(Manifest, bytes) as WorkerProtocol.WindowReport;
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private SafeFileHandle Handle() => _file ??= _readOnly
        ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        : SpoolFiles.Open(path);
}
