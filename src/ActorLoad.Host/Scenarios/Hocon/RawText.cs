namespace ActorLoad.Host.Scenarios.Hocon;

/// <param name="Quoted">An unquoted <c>null</c> takes a value away, a quoted one is text.</param>
internal sealed record RawText(string Text, bool Quoted) : RawPart;
