namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>Text, numbers and booleans alike: HOCON leaves the type to the reader.</summary>
/// <param name="secret">Some of the text came from the environment.</param>
public sealed class HoconScalar(HoconPosition at, string text, bool secret) : HoconNode(at)
{
    public string Text { get; } = text;

    public bool Secret { get; } = secret;

    public override string ToString() => Secret ? "***" : Text;
}
