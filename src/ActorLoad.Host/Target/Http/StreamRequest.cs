using System.Globalization;
using ActorLoad.Host.Target.Faults;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>A request for a stream, with everything read from it that could be a mistake.</summary>
/// <param name="LastEventId">What the client says it has seen; -1 for text that is no id of this target, null when it says nothing.</param>
/// <param name="FromStart">Whether a client that has seen nothing wants what the ring holds.</param>
/// <param name="MaxEvents">After how many events the client wants the end; null never.</param>
/// <param name="HeartbeatMs">A comment at least this often; 0 never.</param>
/// <param name="Seed">Of the faults of its events.</param>
internal sealed record StreamRequest(
    HttpContext Context,
    TargetFaults Faults,
    long? LastEventId,
    bool FromStart,
    long? MaxEvents,
    int HeartbeatMs,
    ulong Seed)
{
    /// <exception cref="BadQueryException">A parameter out of its range.</exception>
    public static StreamRequest Read(HttpContext context, RequestQuery query, TargetOptions options, ulong ordinal) => new(
        context,
        query.Faults(options.Faults),
        ReadLastEventId(context, query),
        query.Text("from") switch
        {
            null => false,
            "start" => true,
            var other => throw new BadQueryException($"from={other}: the only known value is start"),
        },
        query.Number("max_events", 0, long.MaxValue),
        (int)(query.Number("heartbeat_ms", 0, 3_600_000) ?? (long)options.HeartbeatInterval.TotalMilliseconds),
        (ulong?)query.Number("seed", 0, int.MaxValue) ?? SplitMix.Join((ulong)options.Seed, ordinal));

    // The header is what a client sends by itself; the query is for those that cannot set headers.
    private static long? ReadLastEventId(HttpContext context, RequestQuery query)
    {
        var text = context.Request.Headers["Last-Event-ID"].ToString();
        text = text.Length > 0 ? text : query.Text("last_event_id");
        if (text is null)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
    }
}
