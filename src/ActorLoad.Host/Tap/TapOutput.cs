using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorLoad.Host.Tap;

/// <summary>
/// Standard output, line by line, flushed at once, and aware of its reader: the console's own stream hides that a pipe was
/// closed, and then <c>tap … | head</c> would run on for ever.
/// </summary>
internal sealed partial class TapOutput : IDisposable
{
    private const int StandardOutput = 1;
    private const short PollError = 0x0008;

    private readonly Stream _stream;
    private readonly bool _isPipe;

    public TapOutput()
    {
        var console = Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows())
        {
            _stream = console;
            return;
        }

        var raw = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A regular file shares its position with standard error, which only the console's stream respects.
        _isPipe = !raw.CanSeek;
        _stream = _isPipe ? raw : console;
    }

    /// <summary>Nobody reads any more.</summary>
    public bool IsClosed { get; private set; }

    public void WriteLine(string line)
    {
        if (IsClosed)
        {
            return;
        }

        try
        {
            _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
            _stream.Flush();
        }
        catch (IOException)
        {
            IsClosed = true;
        }
    }

    /// <summary>Finds out whether the reader is gone although there was nothing to write.</summary>
    public void Check()
    {
        if (_isPipe && !IsClosed)
        {
            var poll = new PollFd { Descriptor = StandardOutput };
            IsClosed = Poll(ref poll, 1, 0) > 0 && (poll.Returned & PollError) != 0;
        }
    }

    public void Dispose() => _stream.Dispose();

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollFd descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
