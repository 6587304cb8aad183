using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Connections;

/// <summary>
/// How a connection's graph ended by itself. Pure.
/// <code>
/// done marker   error            becomes
/// came          any but ours     completed
/// to come       none             truncated: a finite stream that ends without its marker is cut short
/// none wanted   none             eof
///               broken stream    its own reason
/// any           anything else    a defect of ours
/// </code>
/// </summary>
/// <param name="Completed">Nothing was lost: the stream is over as it should be.</param>
/// <param name="Defect">What nobody foresaw; null else.</param>
internal readonly record struct GraphEnd(bool Completed, FailureReason Reason, string Message, Exception? Defect)
{
    /// <param name="finite">The stream ends with a done marker.</param>
    /// <param name="done">It has come.</param>
    public static GraphEnd Of(Exception? error, bool finite, bool done) => error switch
    {
        not (null or StreamBrokenException) => new GraphEnd(false, FailureReason.Crash, error.Message, error),
        _ when done => new GraphEnd(true, FailureReason.Eof, "the stream is complete", null),
        StreamBrokenException broken => new GraphEnd(false, broken.Reason, broken.Message, null),
        _ when finite => new GraphEnd(false, FailureReason.Truncated, "the server ended the stream before its done marker", null),
        _ => new GraphEnd(false, FailureReason.Eof, "the server ended the stream", null),
    };
}
