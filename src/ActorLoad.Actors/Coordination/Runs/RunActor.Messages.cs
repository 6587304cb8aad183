using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>What coordinator and run say to each other, and the run to itself.</summary>
internal sealed partial class RunActor
{
    /// <summary>From the coordinator, first of all.</summary>
    public sealed record Begin(IReadOnlyList<WorkerCard> Workers) : INoSerializationVerificationNeeded;

    /// <summary>From the coordinator: a worker has registered, maybe not for the first time.</summary>
    public sealed record WorkerCame(WorkerCard Card) : INoSerializationVerificationNeeded;

    /// <summary>From the coordinator: its clock was measured, or it wants to leave.</summary>
    public sealed record WorkerChanged(WorkerCard Card) : INoSerializationVerificationNeeded;

    /// <summary>From the coordinator: a worker is dead or cut off.</summary>
    public sealed record WorkerGone(WorkerCard Card) : INoSerializationVerificationNeeded;

    /// <summary>To the coordinator: how it stands.</summary>
    public sealed record News(RunStatus Status, Roster? Roster) : INoSerializationVerificationNeeded;

    /// <summary>To the coordinator: this run is over, its report is written or never will be.</summary>
    /// <param name="Status">Null when nobody could tell what run it was.</param>
    public sealed record Over(RunStatus? Status, string? SummaryJson, ReportScope Report) : INoSerializationVerificationNeeded;

    private sealed record ChildFailed(IActorRef Child, string Problem) : INoSerializationVerificationNeeded;

    private sealed class Repeat : INoSerializationVerificationNeeded
    {
        public static readonly Repeat Instance = new();
    }

    private sealed class PublishTick : INoSerializationVerificationNeeded
    {
        public static readonly PublishTick Instance = new();
    }

    private sealed class RecorderGone : INoSerializationVerificationNeeded
    {
        public static readonly RecorderGone Instance = new();
    }

    private sealed class FolderTimeout : INoSerializationVerificationNeeded
    {
        public static readonly FolderTimeout Instance = new();
    }

    private sealed class GatherTimeout : INoSerializationVerificationNeeded
    {
        public static readonly GatherTimeout Instance = new();
    }

    private sealed class PrepareTimeout : INoSerializationVerificationNeeded
    {
        public static readonly PrepareTimeout Instance = new();
    }

    private sealed class ClockTimeout : INoSerializationVerificationNeeded
    {
        public static readonly ClockTimeout Instance = new();
    }

    private sealed class ListenTimeout : INoSerializationVerificationNeeded
    {
        public static readonly ListenTimeout Instance = new();
    }

    private sealed class RecoverTimeout : INoSerializationVerificationNeeded
    {
        public static readonly RecoverTimeout Instance = new();
    }

    private sealed class RecordTimeout : INoSerializationVerificationNeeded
    {
        public static readonly RecordTimeout Instance = new();
    }

    private sealed class RosterDue : INoSerializationVerificationNeeded
    {
        public static readonly RosterDue Instance = new();
    }
}
