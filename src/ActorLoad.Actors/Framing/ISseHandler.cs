namespace ActorLoad.Actors.Framing;

/// <summary>Receives what a decoder finds, in the order of the bytes, on the thread that feeds it.</summary>
public interface ISseHandler
{
    void OnEvent(in SseEvent e);

    /// <summary>A comment line: the text after the colon, one leading space removed.</summary>
    void OnComment(ReadOnlySpan<byte> text);

    /// <summary>A valid retry line, at most <see cref="SseDecoder.MaxRetryMs"/>.</summary>
    void OnRetry(long milliseconds);

    /// <summary>
    /// The last event id took effect: a blank line ended a block that had an id line, with data or without. Called before
    /// the event of that block, if it has one.
    /// </summary>
    void OnLastEventId(ReadOnlySpan<byte> id);
}
