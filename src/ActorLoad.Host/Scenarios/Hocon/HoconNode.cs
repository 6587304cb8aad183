namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>A resolved value that knows where it is written.</summary>
public abstract class HoconNode(HoconPosition at)
{
    public HoconPosition At { get; } = at;
}
