namespace ActorLoad.Actors.Measurement.Json;

/// <summary>What a pointer found.</summary>
public enum JsonFieldKind
{
    Missing,
    Number,
    Text,

    /// <summary>true or false.</summary>
    Boolean,
    Null,

    /// <summary>An object or a list.</summary>
    Compound,
}
