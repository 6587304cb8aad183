namespace ActorLoad.Messages.Stats;

/// <summary>A time in which a worker was beyond a bound of what it can measure honestly.</summary>
/// <param name="Worker">Which worker; empty when it is not known.</param>
/// <param name="FromSecond">Seconds from the start of the run.</param>
/// <param name="ToSecond">Above <paramref name="FromSecond"/>.</param>
/// <param name="Peak">The worst value within, in the unit of the kind; for <see cref="GeneratorDoubtKind.ArrivalsDropped"/> the sum.</param>
public sealed record GeneratorDoubt(GeneratorDoubtKind Kind, string Worker, int FromSecond, int ToSecond, double Peak);
