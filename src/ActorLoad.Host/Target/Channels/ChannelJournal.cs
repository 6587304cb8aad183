using System.Buffers.Text;
using System.Text;

namespace ActorLoad.Host.Target.Channels;

/// <summary>
/// A channel's events as a file of SSE text, written as they are published: whatever ends the process, the next one finds
/// every whole event. The file is cut back to the ring's size when it holds twice as much.
/// </summary>
internal sealed class ChannelJournal : IDisposable
{
    private readonly string _path;
    private readonly int _capacity;
    private readonly Queue<EventFrame> _kept;
    private FileStream _file;
    private int _written;
    private bool _broken;

    /// <param name="path">The file; made when it is missing.</param>
    /// <param name="capacity">How many events to keep.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public ChannelJournal(string path, int capacity)
    {
        _path = path;
        _capacity = capacity;
        _kept = new Queue<EventFrame>(Read(path).TakeLast(capacity));
        _file = Rewrite();
    }

    /// <summary>The events that the file held when it was opened, oldest first.</summary>
    public IReadOnlyList<EventFrame> Frames => [.. _kept];

    /// <summary>Callers take turns. A disk that fails ends the journal, never the channel: its events go on in memory.</summary>
    public void Append(EventFrame frame)
    {
        _kept.Enqueue(frame);
        if (_kept.Count > _capacity)
        {
            _kept.Dequeue();
        }

        if (_broken)
        {
            return;
        }

        try
        {
            Write(frame);
        }
        catch (IOException)
        {
            _broken = true;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The whole events of a file that this class wrote; a torn one at the end is left out.</summary>
    internal static List<EventFrame> Read(string path)
    {
        var frames = new List<EventFrame>();
        if (!File.Exists(path))
        {
            return frames;
        }

        var rest = File.ReadAllBytes(path).AsSpan();
        for (var end = rest.IndexOf("\n\n"u8); end >= 0; end = rest.IndexOf("\n\n"u8))
        {
            var text = rest[..(end + 2)];
            rest = rest[(end + 2)..];
            if (Parse(text) is { } frame && (frames.Count == 0 || frame.Id == frames[^1].Id + 1))
            {
                frames.Add(frame);
            }
        }

        return frames;
    }

    private static EventFrame? Parse(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("id: "u8) || !Utf8Parser.TryParse(text[4..], out long id, out var digits))
        {
            return null;
        }

        var line = text[(4 + digits)..];
        if (!line.StartsWith("\nevent: "u8))
        {
            return null;
        }

        line = line["\nevent: "u8.Length..];
        return new EventFrame(id, Encoding.UTF8.GetString(line[..line.IndexOf((byte)'\n')]), text.ToArray(), Environment.TickCount64);
    }

    private void Write(EventFrame frame)
    {
        if (++_written > 2 * _capacity)
        {
            _file.Dispose();
            _file = Rewrite();
        }
        else
        {
            _file.Write(frame.Bytes);
            _file.Flush();
        }
    }

    private FileStream Rewrite()
    {
        // The old file stays whole until the new one takes its name.
        var fresh = _path + ".new";
        using (var file = File.Create(fresh))
        {
            foreach (var frame in _kept)
            {
                file.Write(frame.Bytes);
            }
        }

        File.Move(fresh, _path, overwrite: true);
        _written = _kept.Count;
        return new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }
}
