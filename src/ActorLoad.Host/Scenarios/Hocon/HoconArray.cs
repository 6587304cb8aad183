namespace ActorLoad.Host.Scenarios.Hocon;

public sealed class HoconArray(HoconPosition at, IReadOnlyList<HoconNode> items) : HoconNode(at)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}
