using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>The coordinator as requests from outside see it: questions with answers, and runs to watch.</summary>
/// <param name="coordinator">It, or the proxy that knows where it is. It may be on another node: what is large is sent in pieces.</param>
internal sealed class RunGateway(ActorSystem system, IActorRef coordinator, GatewayTimes times)
{
    public RunGateway(ActorSystem system, IActorRef coordinator)
        : this(system, coordinator, new GatewayTimes())
    {
    }

    /// <exception cref="NoCoordinatorException">There was no answer in time.</exception>
    /// <exception cref="OperationCanceledException">Whoever asked has gone.</exception>
    public async Task<T> AskAsync<T>(IActorLoadMessage question, CancellationToken cancellation) where T : class, IActorLoadMessage
    {
        var answer = new TaskCompletionSource<IActorLoadMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pieces = Parcels.Split(question);
        system.ActorOf(Props.Create(() => new QuestionActor(coordinator, pieces, typeof(T), times, answer)));
        return (T)await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The run's status whenever the coordinator tells it, beginning with what is known already, until it has ended or one of the tokens says so.</summary>
    public IAsyncEnumerable<RunStatus> WatchAsync(RunStatus first, CancellationToken aborted, CancellationToken stopping) =>
        new RunWatch(system, coordinator, times).ReadAsync(first, aborted, stopping);
}
