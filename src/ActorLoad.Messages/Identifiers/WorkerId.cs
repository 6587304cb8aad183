namespace ActorLoad.Messages.Identifiers;

/// <summary>One incarnation of a worker: a restarted node is a new worker.</summary>
public readonly record struct WorkerId(string Value)
{
    public override string ToString() => Value ?? "";
}
