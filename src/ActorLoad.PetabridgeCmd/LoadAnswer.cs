namespace ActorLoad.PetabridgeCmd;

/// <summary>What a command of the palette prints.</summary>
/// <param name="Failed">The lines say why it could not be done.</param>
public sealed record LoadAnswer(bool Failed, IReadOnlyList<string> Lines)
{
    public static LoadAnswer Of(IEnumerable<string> lines) => new(false, [.. lines]);

    public static LoadAnswer Problem(params IEnumerable<string> lines) => new(true, [.. lines]);
}
