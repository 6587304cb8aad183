using ActorLoad.Actors.Coordination;
using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;

namespace ActorLoad.Host.Node;

/// <summary>
/// What a node does before it leaves the cluster in good order: its worker hands over what it runs, and its coordinator, when no
/// other node could become one, ends the run in hand and writes its report. A node that was cut off does none of that.
/// </summary>
internal static class NodeLeaving
{
    /// <summary>Also the time-out of the phase (<see cref="NodeHocon"/>). Worker and coordinator have bounds of their own, which depend on the scenario.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Lookup = TimeSpan.FromSeconds(2);

    public static void Register(ActorSystem system, NodeLife life)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "hand-over", async () =>
        {
            if (shutdown.ShutdownReason is CoordinatedShutdown.ClusterLeavingReason or CoordinatedShutdown.ClrExitReason)
            {
                // A run that ends with its coordinator ends in good order, and not because it lost its last worker.
                await LeaveCoordinatorAsync(system).ConfigureAwait(false);
                await LeaveWorkerAsync(system, life).ConfigureAwait(false);
            }

            return Akka.Done.Instance;
        });
    }

    private static async Task LeaveWorkerAsync(ActorSystem system, NodeLife life)
    {
        if (ActorRegistry.For(system).TryGet<WorkerActor>(out var worker))
        {
            life.Left = await AskAsync<WorkerActor.Left>(worker, WorkerActor.Leave.Instance).ConfigureAwait(false);
        }
    }

    private static async Task LeaveCoordinatorAsync(ActorSystem system)
    {
        IActorRef coordinator;
        try
        {
            coordinator = await system.ActorSelection(NodeActors.CoordinatorPath).ResolveOne(Lookup).ConfigureAwait(false);
        }
        catch (ActorNotFoundException)
        {
            // It is on another node.
            return;
        }

        await AskAsync<CoordinatorActor.Left>(coordinator, new CoordinatorActor.Leave(OthersStandBy(system))).ConfigureAwait(false);
    }

    /// <returns>Null when there is nobody to answer any more, or no answer in time: the other steps are taken nevertheless.</returns>
    private static async Task<T?> AskAsync<T>(IActorRef actor, object question) where T : class
    {
        using var done = new CancellationTokenSource();
        try
        {
            var answer = actor.Ask<T>(question, Patience, done.Token);
            await Task.WhenAny(answer, actor.WatchAsync(done.Token)).ConfigureAwait(false);
            return answer.IsCompleted ? await answer.ConfigureAwait(false) : null;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
        }
    }

    private static bool OthersStandBy(ActorSystem system)
    {
        var cluster = Cluster.Get(system);
        var state = cluster.State;
        return state.Members.Any(m =>
            m.UniqueAddress != cluster.SelfUniqueAddress
            && m.HasRole(NodeRoles.Coordinator)
            && m.Status is MemberStatus.Up or MemberStatus.WeaklyUp
            && !state.Unreachable.Contains(m));
    }
}
