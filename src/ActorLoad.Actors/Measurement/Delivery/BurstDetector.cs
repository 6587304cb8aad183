namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>
/// Holds each event of a connection against the one before it: were they sent apart, and did they arrive together? Something
/// between server and client that collects events (nginx with proxy_buffering, a compressing proxy) makes that the rule.
/// Mutable struct: a field of its meter.
/// </summary>
internal struct BurstDetector
{
    /// <summary>Sent further apart than this is apart; arrived no further apart than this is together.</summary>
    public const long ApartUs = 5_000;

    private const long FewestJudged = 10;

    private static readonly long TogetherTicks = Microseconds.ToTicks(TimeSpan.FromMicroseconds(ApartUs));

    private SentAt _sentAt;
    private long _readAt;
    private bool _hasBefore;
    private long _judged;
    private long _together;

    /// <summary>Most events that could be judged, and enough of them, arrived together.</summary>
    public readonly bool LooksBuffered => _judged >= FewestJudged && _together * 2 > _judged;

    /// <summary>The next event has no one before it.</summary>
    public void Forget() => _hasBefore = false;

    /// <param name="readAt">Of the read that brought it, in timestamp ticks.</param>
    /// <param name="wall">Tells how late the generator itself is.</param>
    /// <returns>Whether the event was sent apart from the one before it and arrived together with it.</returns>
    public bool IsCoalesced(in SentAt sentAt, long readAt, Clocks.WallClock wall)
    {
        var apart = _hasBefore
            && Math.Abs(sentAt.UnixUs - _sentAt.UnixUs) - Math.Max(sentAt.GranularityUs, _sentAt.GranularityUs) > ApartUs;
        var together = readAt - _readAt <= TogetherTicks;
        (_sentAt, _readAt, _hasBefore) = (sentAt, readAt, true);
        if (!apart || (together && wall.Timestamp - readAt > TogetherTicks))
        {
            // In the second case the bytes lay ready for us: what came together here may have come apart there.
            return false;
        }

        _judged++;
        _together += together ? 1 : 0;
        return together;
    }
}
