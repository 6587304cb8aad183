using System.Threading.Channels;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using Akka.Actor;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>
/// Has the coordinator tell of one run and passes it on; says it again every few seconds, so that a coordinator that has just
/// taken over hears of it, too. Silence becomes a note instead of an end. Ends with the run.
/// </summary>
internal sealed class RunWatchActor(
    IActorRef coordinator, RunStatus first, GatewayTimes times, ChannelWriter<RunStatus> statuses) : UntypedActor, IWithTimers
{
    private readonly RunProtocol.WatchRun _watch = new(first.Run);
    private RunStatus _last = first;
    private bool _unknown;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Due.WatchAgain, Due.WatchAgain, TimeSpan.Zero, times.WatchAgain);
        Timers.StartPeriodicTimer(Due.Silent, Due.Silent, times.Silence);
    }

    protected override void PostStop() => statuses.TryComplete();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunProtocol.WatchAnswer { Status: { } status } answer when answer.Run == _watch.Run:
                _unknown = false;
                Timers.Cancel(Due.StillUnknown);
                Timers.StartPeriodicTimer(Due.Silent, Due.Silent, times.Silence);
                Pass(status);
                break;
            case RunProtocol.WatchAnswer answer when answer.Run == _watch.Run:
                Timers.StartPeriodicTimer(Due.Silent, Due.Silent, times.Silence);
                OnUnknown();
                break;
            case Due.WatchAgain:
                coordinator.Tell(_watch);
                break;
            case Due.Silent:
                Pass(_last with { Note = $"no word from the coordinator for {times.Silence.TotalSeconds:0} s" });
                break;
            case Due.StillUnknown:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnUnknown()
    {
        if (_unknown)
        {
            return;
        }

        _unknown = true;
        Timers.StartSingleTimer(Due.StillUnknown, Due.StillUnknown, times.Unknown);
        Pass(_last with { Note = "the coordinator does not know this run; workers may tell it" });
    }

    private void Pass(RunStatus status)
    {
        statuses.TryWrite(status);
        _last = status with { Note = null };
        if (status.Phase == RunPhase.Ended)
        {
            Context.Stop(Self);
        }
    }

    private enum Due
    {
        WatchAgain,
        Silent,
        StillUnknown,
    }
}
