using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Identifiers;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <content>What it says to itself and to its own process.</content>
public sealed partial class WorkerActor
{
    /// <summary>
    /// The node is about to leave: the worker hands its shares over, drains, and answers <see cref="Left"/> when its run is over
    /// or it has none; at the latest 45 s after the scenario's graceful-stop. It takes no further run.
    /// </summary>
    public sealed class Leave : INoSerializationVerificationNeeded
    {
        public static readonly Leave Instance = new();
    }

    /// <summary>The node can leave.</summary>
    /// <param name="Spool">The file with windows that no coordinator has confirmed to have reported; null = there are none, or they are not on disk.</param>
    public sealed record Left(string? Spool) : INoSerializationVerificationNeeded;

    /// <summary>The target's clock is known, or cannot be: then there is a problem.</summary>
    private sealed record ClockReady(RunId Run, string? Problem, IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record StartAgain(long UserId) : INoSerializationVerificationNeeded;

    /// <summary>The moment of one of the scenario's events-at, by its index, has come.</summary>
    private sealed record EventDue(int Number) : INoSerializationVerificationNeeded;

    /// <summary>The users whose shares went away in this epoch have had their time.</summary>
    private sealed record CutRelease(int Epoch) : INoSerializationVerificationNeeded;

    private sealed record ChildFailed(string Problem) : INoSerializationVerificationNeeded;

    /// <summary>A run that broke here, until the coordinator knows and needs nothing of it any more.</summary>
    private sealed record FailedRun(RunId Run, string Problem, SpoolFiles? Spool)
    {
        public bool IsKnown { get; init; }
    }

    private sealed class GreetDue : INoSerializationVerificationNeeded
    {
        public static readonly GreetDue Instance = new();
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed class CutTimer : INoSerializationVerificationNeeded
    {
        public static readonly CutTimer Instance = new();
    }

    private sealed class UsersGone : INoSerializationVerificationNeeded
    {
        public static readonly UsersGone Instance = new();
    }

    private sealed class StatsGone : INoSerializationVerificationNeeded
    {
        public static readonly StatsGone Instance = new();
    }

    private sealed class GiveUp : INoSerializationVerificationNeeded
    {
        public static readonly GiveUp Instance = new();
    }
}
