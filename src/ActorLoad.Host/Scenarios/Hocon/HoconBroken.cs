namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>A value that could not be resolved and has been reported; readers pass over it so that it is not reported twice.</summary>
public sealed class HoconBroken(HoconPosition at) : HoconNode(at);
