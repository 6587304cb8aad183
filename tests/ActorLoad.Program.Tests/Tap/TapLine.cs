using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>The objects that <c>tap --format json</c> prints, as tests expect them.</summary>
internal static class TapLine
{
    public static JsonObject Open(int attempt = 1, string lastEventId = "") =>
        new() { ["type"] = "open", ["status"] = 200, ["attempt"] = attempt, ["lastEventId"] = lastEventId };

    public static JsonObject Event(string data, string id = "", string name = "message", bool anyId = false)
    {
        var line = new JsonObject { ["type"] = "event", ["event"] = name, ["data"] = data };
        if (!anyId)
        {
            line["id"] = id;
        }

        return line;
    }

    public static JsonObject Comment(string text) => new() { ["type"] = "comment", ["text"] = text };

    public static JsonObject Retry(long milliseconds) => new() { ["type"] = "retry", ["ms"] = milliseconds };

    public static JsonObject Close(string reason) => new() { ["type"] = "close", ["reason"] = reason };

    public static JsonObject Error(string reason) => new() { ["type"] = "error", ["reason"] = reason };

    public static JsonObject StatusError(int status) => new() { ["type"] = "error", ["reason"] = "status", ["status"] = status };

    public static JsonObject Summary(int events, int comments = 0, int connects = 1, int reconnects = 0) => new()
    {
        ["type"] = "summary",
        ["events"] = events,
        ["comments"] = comments,
        ["connects"] = connects,
        ["reconnects"] = reconnects,
    };

    /// <summary>A line must be one object with a type; anything else on stdout breaks the scripts that read it.</summary>
    public static JsonObject Parse(string line) =>
        JsonNode.Parse(line) is JsonObject parsed && parsed["type"] is JsonValue
            ? parsed
            : throw new FormatException($"No object with a type: {line}");

    /// <summary>True when everything expected is there with the same value; a line may tell more.</summary>
    public static bool Matches(JsonObject expected, JsonObject actual) =>
        expected.All(p => actual.TryGetPropertyValue(p.Key, out var value) && JsonNode.DeepEquals(p.Value, value));
}
