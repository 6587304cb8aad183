namespace ActorLoad.Messages.Failures;

/// <summary>
/// The closed list of reasons that failures, disconnects and stalls carry. The name on the wire, in reports and in
/// <c>tap</c> is the kebab-case form that <see cref="FailureNames"/> gives (<c>ContentType</c> is <c>content-type</c>).
/// </summary>
public enum FailureReason
{
    // A connection that never opened, or broke for a reason of its own.
    Status,
    ContentType,
    NoContent,
    Connect,
    Tls,
    Timeout,
    Stalled,
    LineTooLong,
    EventTooLarge,
    RedirectLoop,
    Protocol,

    // An open connection that ended.
    Eof,
    Truncated,
    Reset,
    Dropped,

    // A step that failed although the transport did nothing wrong.
    AwaitTimeout,
    TooFewEvents,
    TooFewHeartbeats,
    StreamEnded,
    UnknownStream,
    UnexpectedStatus,
    Incomplete,
    ExtractFailed,
    FeedExhausted,

    // An event that could not be measured the way the scenario asks.
    NotJson,
    MissingField,
    WrongType,
    OutOfRange,

    // An actor that failed in a way nobody foresaw.
    Crash,
}
