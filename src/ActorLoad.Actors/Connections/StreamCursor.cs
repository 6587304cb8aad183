using System.Text;

namespace ActorLoad.Actors.Connections;

/// <summary>
/// What a stream keeps across reconnects. It belongs to the user and reaches each incarnation of the connection through its
/// Props. The open connection's graph writes the last event id and the retry time; everything else, and every read, happens
/// in the connection actor when no graph runs.
/// </summary>
public sealed class StreamCursor
{
    private byte[] _lastEventId = [];
    private int _length;

    public ReadOnlySpan<byte> LastEventId => _lastEventId.AsSpan(0, _length);

    public string LastEventIdText => _length == 0 ? "" : Encoding.UTF8.GetString(LastEventId);

    /// <summary>The server's last <c>retry:</c>, or null.</summary>
    public TimeSpan? Retry { get; set; }

    /// <summary>Counts the connection attempts of this stream; the first is 1.</summary>
    public int Attempt { get; set; }

    /// <summary>Connections and attempts that ended without having delivered an event since one that did.</summary>
    public int FailuresInRow { get; set; }

    /// <summary>Connection attempts since the last event; the limit on attempts counts these.</summary>
    public int AttemptsInRow { get; set; }

    /// <summary>Counts the incarnations of the connection actor, so that a message meant for an earlier one is recognised.</summary>
    public int Incarnation { get; set; }

    /// <summary>How long the next incarnation waits before it connects.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The user dropped the stream: the next incarnation waits until the user asks for the connection.</summary>
    public bool OnHold { get; set; }

    public void SetLastEventId(ReadOnlySpan<byte> id)
    {
        if (_lastEventId.Length < id.Length)
        {
            _lastEventId = new byte[Math.Max(id.Length, 16)];
        }

        id.CopyTo(_lastEventId);
        _length = id.Length;
    }
}
