namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>Blanks between two parts; they count only when both turn out to be text.</summary>
internal sealed record RawBlank(string Text) : RawPart;
