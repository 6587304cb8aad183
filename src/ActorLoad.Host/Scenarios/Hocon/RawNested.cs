namespace ActorLoad.Host.Scenarios.Hocon;

internal sealed record RawNested(RawObject Object) : RawPart;
