namespace ActorLoad.Messages.Scenarios;

/// <summary>Cuts streams from the client side, without a goodbye; each comes back as after any lost connection.</summary>
public sealed record StormDrop
{
    /// <summary>Share of the open streams, above 0 and at most 1.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>The cuts are spread evenly over this time.</summary>
    public TimeSpan Over { get; init; } = TimeSpan.Zero;

    /// <summary>Keeps a stream away for this long before its reconnect delay begins.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.Zero;

    /// <summary>Only users of this type; null = all.</summary>
    public string? UserType { get; init; }

    /// <summary>Only streams of this name; null = all.</summary>
    public string? Stream { get; init; }
}
