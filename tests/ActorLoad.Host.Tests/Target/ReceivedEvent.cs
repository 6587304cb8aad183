namespace ActorLoad.Host.Tests.Target;

/// <summary>One block of a stream as a client sees it: an event, a comment or a retry time.</summary>
internal sealed record ReceivedEvent(long Id, string Type, string Data, string Comment, string Retry);
