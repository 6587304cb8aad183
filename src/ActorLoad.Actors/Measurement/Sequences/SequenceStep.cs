namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>What the number of an event is to its sequence.</summary>
internal enum SequenceStep
{
    /// <summary>The next one, or the first that was seen.</summary>
    InOrder,

    /// <summary>Beyond the next one: the numbers between are missed.</summary>
    Gap,

    /// <summary>It was missed until now.</summary>
    Reordered,

    /// <summary>It was there before.</summary>
    Duplicated,

    /// <summary>So far beyond all others that it cannot be right; the sequence takes no notice of it.</summary>
    Absurd,
}
