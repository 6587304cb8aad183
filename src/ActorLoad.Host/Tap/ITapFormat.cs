using ActorLoad.Messages.Failures;

namespace ActorLoad.Host.Tap;

/// <summary>One way to print what a tapped stream does; every call is one line.</summary>
internal interface ITapFormat
{
    string Open(int status, string url, int attempt, string lastEventId);

    string Event(string name, string data, string id);

    string Comment(string text);

    string Retry(long milliseconds);

    string Close(FailureReason reason);

    /// <param name="status">The HTTP status, or 0.</param>
    string Error(FailureReason reason, int status, string message);

    string Summary(TapCounts counts);
}
