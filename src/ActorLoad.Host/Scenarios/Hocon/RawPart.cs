namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>One piece of a value as written, before substitutions are looked up.</summary>
internal abstract record RawPart;
