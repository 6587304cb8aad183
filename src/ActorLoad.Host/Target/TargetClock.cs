namespace ActorLoad.Host.Target;

/// <summary>What the target takes for the time: this machine's clock, or one that is wrong by a known amount.</summary>
internal sealed class TargetClock(TimeSpan offset)
{
    public DateTimeOffset Now => DateTimeOffset.UtcNow + offset;
}
