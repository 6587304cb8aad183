using System.Collections.Concurrent;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>What a recorder on some node was told.</summary>
internal sealed class Collected : ICanTell
{
    private readonly ConcurrentQueue<object> _messages = [];

    public IReadOnlyList<RunSecond> Seconds => [.. _messages.OfType<RunSecond>()];

    public RunOutcome? Outcome => _messages.OfType<RunOutcome>().LastOrDefault();

    public void Tell(object message, IActorRef sender) => _messages.Enqueue(message);
}
