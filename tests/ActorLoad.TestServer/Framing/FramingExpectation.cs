namespace ActorLoad.TestServer.Framing;

/// <summary>One thing that a decoder reports. Text is what the bytes decode to, invalid UTF-8 replaced by U+FFFD.</summary>
public abstract record FramingExpectation
{
    private FramingExpectation()
    {
    }

    /// <param name="Type">The event name; "message" when the stream names none.</param>
    /// <param name="Data">The data lines joined by LF.</param>
    /// <param name="LastEventId">The last event id after this event; empty when there is none.</param>
    public sealed record Event(string Type, string Data, string LastEventId) : FramingExpectation;

    /// <param name="Text">What follows the colon, one leading space removed.</param>
    public sealed record Comment(string Text) : FramingExpectation;

    /// <param name="Milliseconds">The value of a valid retry line, capped at <see cref="FramingCases.MaxRetryMs"/>.</param>
    public sealed record Retry(long Milliseconds) : FramingExpectation;
}
