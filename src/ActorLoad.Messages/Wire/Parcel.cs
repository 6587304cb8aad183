using ActorLoad.Messages.Protocol;

namespace ActorLoad.Messages.Wire;

/// <summary>A piece of a message that is too large for one frame.</summary>
/// <param name="Id">Of the message; the same in all its pieces, another one when it is sent again.</param>
/// <param name="Index">From 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Manifest">Of the message.</param>
public sealed record Parcel(string Id, int Index, int Count, string Manifest, byte[] Bytes) : IActorLoadMessage;
