using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Hosting;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>The coordinator as requests from outside see it: questions with answers, and runs to watch.</summary>
/// <param name="coordinator">Gives it, or the proxy that knows where it is. It may be on another node: what is large is sent in pieces.</param>
internal sealed class RunGateway(ActorSystem system, Func<IActorRef> coordinator, GatewayTimes times)
{
    /// <summary>Of a node: requests may come before its actors are there.</summary>
    public RunGateway(ActorSystem system)
        : this(system, () => ActorRegistry.For(system).TryGet<CoordinatorActor>(out var proxy) ? proxy : system.DeadLetters, new GatewayTimes())
    {
    }

    public RunGateway(ActorSystem system, IActorRef coordinator, GatewayTimes times)
        : this(system, () => coordinator, times)
    {
    }

    /// <exception cref="NoCoordinatorException">There was no answer in time.</exception>
    /// <exception cref="OperationCanceledException">Whoever asked has gone.</exception>
    public async Task<T> AskAsync<T>(IActorLoadMessage question, CancellationToken cancellation) where T : class, IActorLoadMessage
    {
        var answer = new TaskCompletionSource<IActorLoadMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pieces = Parcels.Split(question);
        var to = coordinator();
        system.ActorOf(Props.Create(() => new QuestionActor(to, pieces, typeof(T), times, answer)));
        return (T)await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The run's status whenever the coordinator tells it, beginning with what is known already, until it has ended or one of the tokens says so.</summary>
    public IAsyncEnumerable<RunStatus> WatchAsync(RunStatus first, CancellationToken aborted, CancellationToken stopping) =>
        new RunWatch(system, coordinator(), times).ReadAsync(first, aborted, stopping);
}
