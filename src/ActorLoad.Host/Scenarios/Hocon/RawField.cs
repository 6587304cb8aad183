namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>Everything that a file says about one key, in order, and how far it has been resolved.</summary>
internal sealed class RawField
{
    public List<RawValue> Definitions { get; } = [];

    public ResolutionState State { get; set; }

    /// <summary>The definition that is being resolved.</summary>
    public RawValue? Current { get; set; }

    /// <summary>What the definitions so far amount to; null = no value.</summary>
    public HoconNode? Value { get; set; }

    public void Add(RawValue definition)
    {
        if (definition.AsObject is { } added && Definitions is [.., { AsObject: { } known }])
        {
            known.MergeFrom(added);
            return;
        }

        if (definition.Replaces)
        {
            Definitions.Clear();
        }

        Definitions.Add(definition);
    }
}
