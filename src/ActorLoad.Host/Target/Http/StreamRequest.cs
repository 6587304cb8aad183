using System.Globalization;
using ActorLoad.Host.Target.Accounts;
using ActorLoad.Host.Target.Faults;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>A request for a stream, with everything read from it that could be a mistake.</summary>
/// <param name="LastEventId">What the client says it has seen; -1 for text that is no id of this target, null when it says nothing.</param>
/// <param name="FromStart">Whether a client that has seen nothing wants what the ring holds.</param>
/// <param name="MaxEvents">After how many events the client wants the end; null never.</param>
/// <param name="HeartbeatMs">A comment at least this often; 0 never.</param>
/// <param name="Seed">Of the faults of its events.</param>
/// <param name="Last">Number of the event with which the stream is over for good; null never.</param>
/// <param name="Account">Under which name books are kept of what this client gets; null none.</param>
internal sealed record StreamRequest(
    HttpContext Context,
    TargetFaults Faults,
    long? LastEventId,
    bool FromStart,
    long? MaxEvents,
    int HeartbeatMs,
    ulong Seed,
    int? Last,
    string? Account)
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
        (ulong?)query.Number("seed", 0, int.MaxValue) ?? SplitMix.Join((ulong)options.Seed, ordinal),
        (int?)query.Number("last", 1, AccountDirectory.MostEvents),
        ReadAccount(query));

    private static string? ReadAccount(RequestQuery query)
    {
        if (query.Text("account") is not { } account)
        {
            return null;
        }

        if (!Names.IsValid(account))
        {
            throw new BadQueryException($"account={account}: expected 1 to 40 of a-z, 0-9, _ and -");
        }

        return query.Text("last") is not null && query.Text("user_id") is not null
            ? account
            : throw new BadQueryException("account needs last and user_id: whose books are kept, and how far");
    }

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
