namespace ActorLoad.Messages.Scenarios;

/// <summary>How an event writes its sending time; outward names are kebab-case. Unix times are integers or decimals, as JSON numbers or texts.</summary>
public enum SentAtFormat
{
    UnixS,
    UnixMs,
    UnixUs,
    UnixNs,

    /// <summary>ISO 8601 with a time zone; without one it is UTC.</summary>
    Iso8601,
}
