using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>What came of an attempt to open a stream: either a response, or a typed reason.</summary>
public readonly record struct ConnectResult
{
    private ConnectResult(StreamResponse? response, FailureReason reason, int status, string message) =>
        (Response, Reason, Status, Message) = (response, reason, status, message);

    /// <summary>Null when the attempt failed.</summary>
    public StreamResponse? Response { get; }

    public FailureReason Reason { get; }

    /// <summary>The HTTP status, or 0 when none was received.</summary>
    public int Status { get; }

    /// <summary>One sentence for people; it carries no header values, query strings or bodies.</summary>
    public string Message { get; }

    public static ConnectResult Accepted(StreamResponse response, int status) => new(response, default, status, "");

    public static ConnectResult Failed(FailureReason reason, int status, string message) => new(null, reason, status, message);
}
