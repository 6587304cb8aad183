using ActorLoad.Actors.Operations;

namespace ActorLoad.Host.Admin;

/// <summary>Answer of show, members and status.</summary>
internal sealed record MemberList(IReadOnlyList<MemberRow> Members);
