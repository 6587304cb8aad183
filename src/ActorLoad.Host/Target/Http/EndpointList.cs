namespace ActorLoad.Host.Target.Http;

/// <summary>What `GET /` shows.</summary>
internal static class EndpointList
{
    public const string Text = """
        ActorLoad embedded target

        GET  /api/events/stream              main channel: message, update, notification
        GET  /api/events/{channel}           notifications, updates, alerts, prices, metrics, dashboard, logs, system, ...
        GET  /api/events/filtered            ?channel=&user_id=&types=a,b
        GET  /api/events/heartbeat           comments and heartbeat events only
        POST /api/chat/{room}                {"user": "...", "text": "..."}
        GET  /api/chat/{room}/events         ?user=
        POST /api/jobs                       answers with the job's id
        GET  /api/jobs/{id}/events           progress, then done; 204 after that
        GET  /api/jobs/mine/events           ?user_id=    the job that this user posted last
        GET  /api/jobs/follow                ?user_id=    both at once
        POST /api/login                      {"user": "u", "password": "pw-u"}, answers with an access_token
             /api/private/...                any of these below /api, with that token only
        POST /v1/chat/completions            OpenAI's form, streamed or whole; first_token_ms, token_gap_ms, auth=1
        GET  /api/time                       {"now": unix ms with decimals}
        GET  /api/stats                      counters since start or reset
        GET  /api/accepts                    connections and streams accepted, by tenths of a second
        POST /api/stats/reset
        POST /api/control/pause              stops publishing; streams stay open
        POST /api/control/resume
        GET  /health

        Streams take: last_event_id, from=start, max_events, heartbeat_ms, user_id; channels also interval_ms, spread=1,
        last, account.
        Faults: cut_after, reset_after, stall_after, refuse (%), refuse_status, skip (%), repeat (%), swap (%),
        late (%), delay_ms, headers_delay_ms, status, content_type, seed.

        """;
}
