namespace ActorLoad.Host.Scenarios.Hocon;

internal sealed record RawArray(IReadOnlyList<RawValue> Items) : RawPart;
