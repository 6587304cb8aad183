using System.Net;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>
/// Judges a response head as the HTML standard does for an EventSource (section "The EventSource interface", "announce
/// the connection"): only 200 with text/event-stream opens a stream.
/// </summary>
public static class ConnectOutcome
{
    public const string EventStream = "text/event-stream";

    /// <returns>Null when the stream is open, else the reason and a sentence.</returns>
    public static (FailureReason Reason, string Message)? Judge(int status, string? contentType)
    {
        if (status == (int)HttpStatusCode.NoContent)
        {
            return (FailureReason.NoContent, "the server answered 204: it wants no further connection");
        }

        if (status != (int)HttpStatusCode.OK)
        {
            return (FailureReason.Status, $"the server answered {status}");
        }

        if (!IsEventStream(contentType))
        {
            return (FailureReason.ContentType, $"expected {EventStream}, the server sent '{Shorten(contentType)}'");
        }

        return null;
    }

    private static bool IsEventStream(string? contentType)
    {
        var essence = contentType.AsSpan();
        var end = essence.IndexOf(';');
        essence = (end < 0 ? essence : essence[..end]).Trim();
        return essence.Equals(EventStream, StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string? text) => text switch
    {
        null => "no content type",
        { Length: > 80 } => text[..80] + "…",
        _ => text,
    };
}
