namespace ActorLoad.Host.Target.Stats;

/// <summary>What was accepted within a tenth of a second.</summary>
/// <param name="At">Its beginning, unix ms.</param>
/// <param name="Connections">TCP connections.</param>
/// <param name="Streams">Streams that were opened; refused ones do not count.</param>
internal sealed record AcceptSlot(long At, int Connections, int Streams);
