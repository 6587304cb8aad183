namespace ActorLoad.Host.Tap;

/// <summary>What a tap has seen in all.</summary>
/// <param name="Bytes">Body bytes, after decompression.</param>
/// <param name="Connects">Connections that opened.</param>
/// <param name="Reconnects">Those after the first.</param>
internal readonly record struct TapCounts(long Events, long Comments, long Bytes, int Connects, int Reconnects);
