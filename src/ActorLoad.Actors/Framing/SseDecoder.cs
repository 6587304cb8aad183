using System.Buffers;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Framing;

/// <summary>
/// Decodes one connection's event stream as section 9.2.6 of the HTML standard says, without waiting for a byte that it
/// does not need. Fed with bytes as they arrive, it tells the handler what they complete; what they leave open is kept in
/// rented arrays, and an end of the stream simply discards it. Not thread-safe.
/// </summary>
/// <remarks>
/// All of the format's syntax is ASCII, which never occurs inside a longer UTF-8 sequence, so lines and fields are found on
/// bytes and the decoding of text is left to those who want text.
/// </remarks>
public sealed class SseDecoder : IDisposable
{
    /// <summary>The longest reconnection time that is believed, in ms: a day.</summary>
    public const long MaxRetryMs = 24L * 3600 * 1000;

    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private readonly ArrayPool<byte> _pool;
    private readonly int _maxLine;
    private BlockAssembler _block;
    private PooledBuffer _line;
    private byte _bomMatched;
    private bool _afterCr;
    private bool _disposed;

    /// <param name="handler">Told about everything that a feed completes, during the feed.</param>
    /// <param name="maxLine">The longest line in bytes without its end, comments included; at least 1.</param>
    /// <param name="maxEvent">The largest event in bytes: data, type, and the id that the event's own block sets; at least 1.</param>
    /// <param name="lastEventId">The stream's last event id so far: events carry it until the target sends another.</param>
    public SseDecoder(ISseHandler handler, int maxLine, int maxEvent, ReadOnlySpan<byte> lastEventId)
        : this(handler, maxLine, maxEvent, lastEventId, ArrayPool<byte>.Shared)
    {
    }

    internal SseDecoder(ISseHandler handler, int maxLine, int maxEvent, ReadOnlySpan<byte> lastEventId, ArrayPool<byte> pool)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLine);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEvent);
        _pool = pool;
        _maxLine = maxLine;
        _block = new BlockAssembler(handler, pool, maxEvent, lastEventId);
    }

    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>Decodes the next bytes of the stream; any split is fine.</summary>
    /// <exception cref="SseLimitException">A line or an event exceeded its limit; the decoder is of no further use.</exception>
    /// <exception cref="ObjectDisposedException">The decoder was disposed.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_bomMatched < Bom.Length)
        {
            bytes = SkipBom(bytes);
        }

        if (bytes.IsEmpty)
        {
            return;
        }

        // Spec: a CRLF pair is one line end. The CR already ended the line, in an earlier feed.
        if (_afterCr)
        {
            _afterCr = false;
            if (bytes[0] == Lf)
            {
                bytes = bytes[1..];
            }
        }

        var slices = default(BlockSlices);
        while (true)
        {
            // Spec: "a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair, a single U+000A LINE FEED (LF)
            // character not preceded by a U+000D CARRIAGE RETURN (CR) character, and a single U+000D CARRIAGE RETURN (CR)
            // character not followed by a U+000A LINE FEED (LF) character" are the ways in which a line can end.
            var end = bytes.IndexOfAny(Cr, Lf);
            if (end < 0)
            {
                break;
            }

            EndLine(bytes[..end], ref slices);

            // A CR has ended its line whatever follows it, so that no event waits for a byte that may be long in coming.
            var next = end + 1;
            if (bytes[end] == Cr)
            {
                if (next == bytes.Length)
                {
                    _afterCr = true;
                }
                else if (bytes[next] == Lf)
                {
                    next++;
                }
            }

            bytes = bytes[next..];
        }

        EndFeed(bytes, in slices);
    }

    /// <summary>
    /// Returns the rented arrays. To be called when the connection is gone, from the thread that feeds, but not from inside a
    /// call of the handler; calling it again does nothing.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        _line.Release(_pool);
        _block.Release();
    }

    private void EndLine(ReadOnlySpan<byte> tail, ref BlockSlices slices)
    {
        CheckLine(tail.Length);
        if (_line.Length == 0)
        {
            _block.Line(tail, inFeed: true, ref slices);
        }
        else
        {
            _line.Append(tail, _pool);
            _block.Line(_line.Span, inFeed: false, ref slices);
            _line.Clear();
        }
    }

    private void EndFeed(ReadOnlySpan<byte> rest, in BlockSlices slices)
    {
        if (rest.IsEmpty)
        {
            if (_line.Length == 0)
            {
                _line.Release(_pool);
            }
        }
        else
        {
            CheckLine(rest.Length);
            _line.Append(rest, _pool);
        }

        _block.EndFeed(in slices);
    }

    private ReadOnlySpan<byte> SkipBom(ReadOnlySpan<byte> bytes)
    {
        // Spec: "Streams must be decoded using the UTF-8 decode algorithm", which strips one leading byte order mark.
        while (!bytes.IsEmpty && _bomMatched < Bom.Length)
        {
            if (bytes[0] != Bom[_bomMatched])
            {
                // It only looked like one: its bytes begin the first line.
                _line.Append(Bom[.._bomMatched], _pool);
                _bomMatched = (byte)Bom.Length;
                break;
            }

            _bomMatched++;
            bytes = bytes[1..];
        }

        return bytes;
    }

    private void CheckLine(int more)
    {
        if (more > _maxLine - _line.Length)
        {
            throw new SseLimitException(FailureReason.LineTooLong, $"a line is longer than {_maxLine} bytes");
        }
    }
}
