namespace ActorLoad.Actors.Framing;

/// <summary>
/// The parts of the block in hand that still lie in the fed bytes: handed out without a copy when the block ends in the
/// same feed, put into buffers when it does not.
/// </summary>
internal ref struct BlockSlices
{
    public ReadOnlySpan<byte> Type;

    public ReadOnlySpan<byte> Data;
}
