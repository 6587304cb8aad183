using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Host.Running;

/// <summary>
/// Submits a run to the coordinator and passes on what it hears of it. A callback that fails (they write files and draw)
/// fails the run loudly through <paramref name="outcome"/>.
/// </summary>
internal sealed class RunListenerActor(
    IActorRef coordinator,
    RunProtocol.SubmitRun submit,
    Action<RunSecond> onSecond,
    TaskCompletionSource<RunOutcome> outcome) : UntypedActor
{
    protected override void PreStart()
    {
        // A coordinator that dies would leave everybody waiting: the run ends with it.
        Context.Watch(coordinator);
        coordinator.Tell(submit);
    }

    protected override void PostStop() =>
        outcome.TrySetException(new InvalidOperationException("the engine stopped in the middle of the run"));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunSecond second:
                try
                {
                    onSecond(second);
                }
                catch (Exception e)
                {
                    outcome.TrySetException(e);
                }

                break;
            case RunOutcome end:
                outcome.TrySetResult(end);
                break;
            case RunProtocol.SubmitAnswer { Problem: { } problem }:
                outcome.TrySetException(new InvalidOperationException($"the run was refused: {problem}"));
                break;
            case RunProtocol.SubmitAnswer:
                break;
            case Terminated:
                outcome.TrySetException(new InvalidOperationException("the coordinator stopped in the middle of the run"));
                break;
            case RunProtocol.StopRun stop:
                coordinator.Tell(stop);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
