using System.Buffers;
using System.Runtime.CompilerServices;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Framing;

/// <summary>
/// Turns lines into comments, retry times, last event ids and events: the second half of section "Interpreting an event
/// stream" of the HTML standard. A block is the lines between two blank lines. Mutable struct: a field of its decoder.
/// </summary>
internal struct BlockAssembler
{
    private const byte Lf = (byte)'\n';
    private const byte Colon = (byte)':';
    private const byte Space = (byte)' ';

    private readonly ISseHandler _handler;
    private readonly ArrayPool<byte> _pool;
    private readonly int _maxEvent;

    // The standard's "last event ID buffer". It needs no committed twin: the handler is told only when it takes effect.
    private PooledBuffer _lastEventId;
    private PooledBuffer _type;
    private PooledBuffer _data;
    private bool _blockHasId;
    private bool _blockHasData;
    private bool _dataIsBuffered;

    public BlockAssembler(ISseHandler handler, ArrayPool<byte> pool, int maxEvent, ReadOnlySpan<byte> lastEventId)
    {
        _handler = handler;
        _pool = pool;
        _maxEvent = maxEvent;
        if (!lastEventId.IsEmpty)
        {
            _lastEventId.Set(lastEventId, pool);
        }
    }

    /// <summary>Takes one line without its end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="inFeed">Whether the line lies in the fed bytes, so that slices of it stay valid until the feed ends.</param>
    /// <param name="slices">What this block has in the fed bytes so far.</param>
    public void Line(ReadOnlySpan<byte> line, bool inFeed, ref BlockSlices slices)
    {
        if (line.IsEmpty)
        {
            // Spec: "If the line is empty (a blank line): Dispatch the event".
            Dispatch(ref slices);
            return;
        }

        // Spec: "Collect the characters on the line before the first U+003A COLON character (:), and let field be that
        // string"; without a colon "the whole line [is] the field name, and the empty string [is] the field value".
        // Names are compared literally: no case folding, no trimming.
        switch (line[0])
        {
            case (byte)'d' when IsField(line, "data"u8):
                Data(Value(line, "data".Length), inFeed, ref slices);
                break;
            case (byte)'i' when IsField(line, "id"u8):
                Id(Value(line, "id".Length), in slices);
                break;
            case (byte)'e' when IsField(line, "event"u8):
                Type(Value(line, "event".Length), inFeed, ref slices);
                break;
            case (byte)'r' when IsField(line, "retry"u8):
                Retry(Value(line, "retry".Length));
                break;
            case Colon:
                // Spec: "If the line starts with a U+003A COLON character (:): Ignore the line." Reported because
                // comments are what keeps many streams alive; it touches no state of the block.
                _handler.OnComment(Value(line, 0));
                break;

            // Spec: "Otherwise: The field is ignored."
        }
    }

    /// <summary>The fed bytes are about to become invalid: keeps what the unfinished block has in them, and no empty array.</summary>
    public void EndFeed(in BlockSlices slices)
    {
        if (_blockHasData && !_dataIsBuffered)
        {
            _data.Append(slices.Data, _pool);
            _dataIsBuffered = true;
        }
        else if (!_dataIsBuffered)
        {
            _data.Release(_pool);
        }

        if (!slices.Type.IsEmpty)
        {
            _type.Set(slices.Type, _pool);
        }
        else if (_type.Length == 0)
        {
            _type.Release(_pool);
        }
    }

    public void Release()
    {
        _lastEventId.Release(_pool);
        _type.Release(_pool);
        _data.Release(_pool);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsField(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.StartsWith(name) && (line.Length == name.Length || line[name.Length] == Colon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, int nameLength)
    {
        // Spec: "If value starts with a U+0020 SPACE character, remove it from value." One space, and no other white space.
        var start = nameLength + 1;
        if (start < line.Length && line[start] == Space)
        {
            start++;
        }

        return start < line.Length ? line[start..] : default;
    }

    private void Type(ReadOnlySpan<byte> value, bool inFeed, ref BlockSlices slices)
    {
        // Spec: "If the field name is "event": Set the event type buffer to field value." The last one of a block counts.
        _type.Clear();
        slices.Type = default;
        CheckSize(value.Length, DataLength(in slices), in slices);
        if (inFeed)
        {
            slices.Type = value;
        }
        else if (!value.IsEmpty)
        {
            _type.Set(value, _pool);
        }
    }

    private void Data(ReadOnlySpan<byte> value, bool inFeed, ref BlockSlices slices)
    {
        // Spec: "If the field name is "data": Append the field value to the data buffer, then append a single U+000A LINE
        // FEED (LF) character to the data buffer", and in the dispatch "If the data buffer's last character is a U+000A
        // LINE FEED (LF) character, then remove the last character". Putting the LF between the lines does both at once.
        if (!_blockHasData)
        {
            CheckSize(value.Length, 0, in slices);
            _blockHasData = true;
            if (inFeed)
            {
                slices.Data = value;
                return;
            }
        }
        else
        {
            CheckSize(value.Length, DataLength(in slices) + 1L, in slices);
            if (!_dataIsBuffered)
            {
                _data.Append(slices.Data, _pool);
                slices.Data = default;
            }

            _data.Append(Lf, _pool);
        }

        _dataIsBuffered = true;
        _data.Append(value, _pool);
    }

    private void Id(ReadOnlySpan<byte> value, in BlockSlices slices)
    {
        // Spec: "If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
        // Otherwise, ignore the field."
        if (value.Contains((byte)0))
        {
            return;
        }

        _blockHasId = true;
        _lastEventId.Clear();
        CheckSize(value.Length, DataLength(in slices), in slices);
        _lastEventId.Set(value, _pool);
    }

    private readonly void Retry(ReadOnlySpan<byte> value)
    {
        // Spec: "If the field value consists of only ASCII digits, then interpret the field value as an integer in base
        // ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field." No digit is
        // no integer. The cap keeps a hostile target from overflowing a timer or parking a user for ever.
        if (value.IsEmpty)
        {
            return;
        }

        var milliseconds = 0L;
        foreach (var b in value)
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return;
            }

            milliseconds = Math.Min(milliseconds * 10 + (b - '0'), SseDecoder.MaxRetryMs);
        }

        _handler.OnRetry(milliseconds);
    }

    private void Dispatch(ref BlockSlices slices)
    {
        // Spec: dispatch step 1, "Set the last event ID string of the event source to the value of the last event ID
        // buffer. The buffer does not get reset". It comes before the test for data: an id alone takes effect, too.
        var hasOwnId = _blockHasId;
        if (hasOwnId)
        {
            _blockHasId = false;
            _handler.OnLastEventId(_lastEventId.Span);
        }

        // Spec: step 2, "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty
        // string and return." One empty data line makes the buffer an LF, not empty: such an event is dispatched.
        if (_blockHasData)
        {
            _handler.OnEvent(new SseEvent(
                slices.Type.IsEmpty ? _type.Span : slices.Type,
                _dataIsBuffered ? _data.Span : slices.Data,
                _lastEventId.Span,
                hasOwnId));
        }

        // Spec: the last step, "Set the data buffer and the event type buffer to the empty string."
        _blockHasData = false;
        _dataIsBuffered = false;
        _data.Clear();
        _type.Clear();
        slices = default;
    }

    private readonly int DataLength(in BlockSlices slices) => _dataIsBuffered ? _data.Length : slices.Data.Length;

    /// <summary>An event's size is its data, its type and the id that its own block sets, in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void CheckSize(int more, long data, in BlockSlices slices)
    {
        var id = _blockHasId ? _lastEventId.Length : 0;
        if (more + data + slices.Type.Length + _type.Length + id > _maxEvent)
        {
            throw new SseLimitException(FailureReason.EventTooLarge, $"an event is longer than {_maxEvent} bytes");
        }
    }
}
