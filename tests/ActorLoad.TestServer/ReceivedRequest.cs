using System.Text;

namespace ActorLoad.TestServer;

/// <summary>A request as it stood on the wire. Header values keep their bytes, one character each.</summary>
/// <param name="Method">For example <c>GET</c>.</param>
/// <param name="Target">The request target as sent, with its query.</param>
/// <param name="Version">For example <c>HTTP/1.1</c>.</param>
/// <param name="Headers">Every header line in order; names as sent.</param>
/// <param name="Body">The body, when the request declares a Content-Length; otherwise empty.</param>
/// <param name="ArrivedAt">When the head was complete, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
public sealed record ReceivedRequest(
    string Method,
    string Target,
    string Version,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[] Body,
    long ArrivedAt)
{
    /// <summary>The values of a header, one for each line of that name, in any case; none when it is not there.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [.. Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    /// <summary>The values of a header joined by commas, read as UTF-8; null when it is not there.</summary>
    public string? Header(string name) =>
        Values(name) is { Count: > 0 } values
            ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(string.Join(", ", values)))
            : null;

    internal static ReceivedRequest Parse(string head, byte[] body, long arrivedAt)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        if (start.Length != 3)
        {
            throw new FormatException($"No request line: {lines[0]}");
        }

        return new ReceivedRequest(start[0], start[1], start[2], [.. lines.Skip(1).Select(ParseHeader)], body, arrivedAt);
    }

    internal static int ContentLength(string head) =>
        head.Split("\r\n").Skip(1).Where(l => l.Length > 0).Select(ParseHeader)
            .Where(h => h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(h => int.Parse(h.Value, System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new(line[..colon], line[(colon + 1)..].Trim(' ', '\t'))
            : throw new FormatException($"No header line: {line}");
    }
}
