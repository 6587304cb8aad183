namespace ActorLoad.Host.Target.Http;

/// <summary>The request asks for something that makes no sense; the answer is 400 with this message.</summary>
internal sealed class BadQueryException(string message) : Exception(message);
