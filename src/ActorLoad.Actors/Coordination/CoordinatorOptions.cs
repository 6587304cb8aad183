using ActorLoad.Messages.Cluster;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>What a coordinator needs from its process.</summary>
/// <param name="Node">Its machine, as reports show it.</param>
/// <param name="Version">Of the program; only shown.</param>
public sealed record CoordinatorOptions(string Node, string Version, TimeProvider Time)
{
    /// <summary>
    /// Makes the actor that writes a run's report: it is told every closed <see cref="Messages.Stats.RunSecond"/> and at last the
    /// <see cref="Messages.Stats.RunOutcome"/>, which it answers with <see cref="RunRecorded"/>. Null = whoever submits a run is told instead, and
    /// answers nothing.
    /// </summary>
    public Func<RunOrder, Props>? Recorder { get; init; }

    public CoordinatorTimes Times { get; init; } = new();
}
