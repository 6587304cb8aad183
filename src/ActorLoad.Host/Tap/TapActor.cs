using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using Akka.Actor;

namespace ActorLoad.Host.Tap;

/// <summary>
/// Supervises the one connection of a tap, with the same strategy as a user of a load test, and ends when the stream has
/// ended for good, the time is up, or nobody reads the output any more. Answers through <paramref name="result"/> with the
/// failure that ended it, or null.
/// </summary>
internal sealed class TapActor(
    StreamContext stream,
    ConnectionServices services,
    TapOutput output,
    TimeSpan? limit,
    TaskCompletionSource<ConnectionFailure?> result) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(200);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, Decide, loggingEnabled: false);

    protected override void PreStart()
    {
        Context.ActorOf(ConnectionActor.Props(stream, services), "stream-" + stream.Name);
        Timers.StartPeriodicTimer(CheckOutput.Instance, CheckOutput.Instance, CheckEvery);
        if (limit is { } time)
        {
            Timers.StartSingleTimer(TimeUp.Instance, TimeUp.Instance, time);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ConnectionEvents.Lost { Failure.Disposition: Disposition.Stop } lost:
                result.TrySetResult(lost.Failure);
                break;
            case ConnectionEvents.Lost or ConnectionEvents.Opened or ConnectionEvents.Reconnecting:
                break;
            case TimeUp:
                result.TrySetResult(null);
                break;
            case CheckOutput:
                output.Check();
                if (output.IsClosed)
                {
                    result.TrySetResult(null);
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // A failure nobody foresaw ends the tap and is shown as it is.
    private Directive Decide(Exception error)
    {
        var directive = ReconnectStrategy.Decide(error);
        if (directive == Directive.Escalate)
        {
            result.TrySetException(error);
            return Directive.Stop;
        }

        return directive;
    }

    private sealed class TimeUp : INoSerializationVerificationNeeded
    {
        public static readonly TimeUp Instance = new();
    }

    private sealed class CheckOutput : INoSerializationVerificationNeeded
    {
        public static readonly CheckOutput Instance = new();
    }
}
