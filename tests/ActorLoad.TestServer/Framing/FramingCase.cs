namespace ActorLoad.TestServer.Framing;

/// <summary>
/// One byte-level case of the event stream format: what a decoder must report for exactly these bytes, in order, however
/// they are split. Whatever is unfinished when the bytes end is not reported.
/// </summary>
/// <param name="Name">Unique in the table.</param>
/// <param name="Source">Where the rule comes from: a section of the HTML standard, a file of a public suite, a case name.</param>
/// <param name="Bytes">The whole body of the response.</param>
/// <param name="Expected">Everything that is reported, in order.</param>
public sealed record FramingCase(string Name, string Source, byte[] Bytes, FramingExpectation[] Expected)
{
    /// <summary>True for the few cases that are too long for trying every pair of split positions.</summary>
    public bool IsLong => Bytes.Length > 400;

    public override string ToString() => Name;
}
