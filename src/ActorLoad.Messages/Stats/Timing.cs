namespace ActorLoad.Messages.Stats;

/// <summary>Everything that is timed, recorded in microseconds and shown in milliseconds.</summary>
public enum Timing
{
    ConnectTime,
    TimeToHeaders,
    TimeToFirstByte,
    TimeToFirstEvent,
    EventGap,
    DeliveryLatency,
    ReconnectTime,
    RequestTime,
    TaskTime,
    HeartbeatGap,
    FanoutSpread,
    StallTime,
    TimeToDone,
    TimePerEvent,
    ArrivalLag,
}
