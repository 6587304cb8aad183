namespace ActorLoad.Host.Target.Streams;

/// <summary>How one stream starts and keeps itself alive.</summary>
/// <param name="After">Last event id of the client: events after it follow. Null: only what is published from now on.</param>
/// <param name="Resumed">Whether the client named a last event id itself.</param>
/// <param name="Slack">How far <paramref name="After"/> may be ahead of the ring and still be believed.</param>
/// <param name="RetryMs">Sent first as `retry:`; null sends nothing.</param>
/// <param name="HeartbeatMs">A comment at least this often; 0 never.</param>
/// <param name="Extras">Faults, filter and limits; null for a plain stream.</param>
internal sealed record StreamSettings(long? After, bool Resumed, int Slack, int? RetryMs, int HeartbeatMs, StreamExtras? Extras);
