using ActorLoad.Messages.Failures;

namespace ActorLoad.Host.Tap;

/// <summary>For people: a short word first, then what there is to say. Control characters are shown, not sent to the terminal.</summary>
internal sealed class TextTapFormat : ITapFormat
{
    public string Open(int status, string url, int attempt, string lastEventId) =>
        $"open     {status} {Clean(url)} (attempt {attempt}{(lastEventId.Length == 0 ? "" : $", after id {Clean(lastEventId)}")})";

    public string Event(string name, string data, string id) =>
        $"event    {Clean(name)}{(id.Length == 0 ? "" : $" #{Clean(id)}")}: {Clean(data)}";

    public string Comment(string text) => $"comment  {Clean(text)}";

    public string Retry(long milliseconds) => $"retry    {milliseconds} ms";

    public string Close(FailureReason reason) => $"close    {reason.Name()}";

    public string Error(FailureReason reason, int status, string message) => $"error    {reason.Name()}: {Clean(message)}";

    public string Summary(TapCounts counts) =>
        $"summary  {counts.Events} events, {counts.Comments} comments, {counts.Bytes} bytes, "
        + $"{counts.Connects} connects, {counts.Reconnects} reconnects";

    private static string Clean(string text) => text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f')
        ? string.Concat(text.Select(c => c switch
        {
            '\n' => "\\n",
            < ' ' or '\x7f' => $"\\x{(int)c:x2}",
            _ => c.ToString(),
        }))
        : text;
}
