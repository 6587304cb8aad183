using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>
/// What the error code of a RST_STREAM or GOAWAY frame (RFC 9113, section 7) means for a stream. A code that tells of broken
/// rules is of no transient kind, whichever side broke them.
/// </summary>
public static class Http2Errors
{
    private const long ProtocolError = 0x1;
    private const long FlowControlError = 0x3;
    private const long FrameSizeError = 0x6;
    private const long CompressionError = 0x9;
    private const long InadequateSecurity = 0xc;
    private const long Http11Required = 0xd;

    /// <summary>Before the response's headers: a server that calls a request off did not take it.</summary>
    public static FailureReason WhileConnecting(long code) =>
        BreaksRules(code) ? FailureReason.Protocol : FailureReason.Connect;

    /// <summary>In the middle of the response.</summary>
    public static FailureReason WhileReading(long code) =>
        BreaksRules(code) ? FailureReason.Protocol : FailureReason.Reset;

    private static bool BreaksRules(long code) =>
        code is ProtocolError or FlowControlError or FrameSizeError or CompressionError or InadequateSecurity or Http11Required;
}
