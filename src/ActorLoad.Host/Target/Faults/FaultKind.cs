namespace ActorLoad.Host.Target.Faults;

/// <summary>The faults the target can commit; each one done is counted under its name.</summary>
internal enum FaultKind
{
    Refuse,
    Status,
    ContentType,
    HeadersDelay,
    Skip,
    Repeat,
    Swap,
    Delay,
    Cut,
    Reset,
    Stall,
    Late,
}
