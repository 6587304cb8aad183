namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>A value as written: one part, or several to be joined.</summary>
/// <param name="Append">Written with <c>+=</c>.</param>
internal sealed record RawValue(HoconPosition At, IReadOnlyList<RawPart> Parts, bool Append = false)
{
    /// <summary>The object that this value is, when nothing has to be looked up to know that.</summary>
    public RawObject? AsObject => !Append && Parts is [RawNested nested] ? nested.Object : null;

    /// <summary>Whether earlier definitions of the same field no longer matter.</summary>
    public bool Replaces => !Append && Parts.All(p => p is RawText or RawBlank or RawArray);
}
