namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>A kind of value: how it is read from text, and how it is described when it is not what was expected.</summary>
/// <param name="Expected">Completes "expected ...".</param>
/// <param name="Parse">Null when the text is no such value.</param>
internal sealed record ValueKind<T>(string Expected, Func<string, T?> Parse) where T : struct;
