namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>The text is no HOCON; nothing behind this position can be trusted.</summary>
public sealed class HoconException(HoconPosition at, string message) : Exception(message)
{
    public HoconPosition At { get; } = at;
}
