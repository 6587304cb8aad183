namespace ActorLoad.Messages.Scenarios;

/// <summary>Demands that a field of the data, a JSON document, has a value.</summary>
/// <param name="Pointer">A JSON pointer (RFC 6901).</param>
/// <param name="EqualTo">Compared with a text's value, or with the literal text of a number, true, false or null.</param>
public sealed record DataMatch(string Pointer, Template EqualTo);
