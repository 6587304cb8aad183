namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>Numbers that follow one another and have not arrived, though a later one has.</summary>
internal struct Hole
{
    public long From;

    /// <summary>The last one of them.</summary>
    public long To;

    /// <summary>Which of the stream's sequences they belong to.</summary>
    public int Key;

    /// <summary>The mark that was the latest when they went missing.</summary>
    public int Mark;
}
