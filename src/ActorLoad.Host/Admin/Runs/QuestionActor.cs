using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>Asks one question, again and again until it is answered, puts an answer in pieces together, and ends.</summary>
internal sealed class QuestionActor(
    IActorRef coordinator,
    IReadOnlyList<IActorLoadMessage> pieces,
    Type expected,
    GatewayTimes times,
    TaskCompletionSource<IActorLoadMessage> answer) : UntypedActor, IWithTimers
{
    private readonly ParcelAssembler _assembler = new();
    private TimeSpan _pause = times.AskAgain;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Ask();
        Timers.StartSingleTimer(Due.GiveUp, Due.GiveUp, times.Answer);
    }

    protected override void PostStop() => answer.TrySetException(new NoCoordinatorException());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Parcel parcel:
                if (Joined(parcel) is { } whole)
                {
                    OnReceive(whole);
                }

                break;
            case Due.AskAgain:
                Ask();
                break;
            case Due.GiveUp:
                Context.Stop(Self);
                break;
            case IActorLoadMessage found when expected.IsInstanceOfType(found):
                answer.TrySetResult(found);
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Ask()
    {
        foreach (var piece in pieces)
        {
            coordinator.Tell(piece);
        }

        Timers.StartSingleTimer(Due.AskAgain, Due.AskAgain, _pause);

        // What is large would pile up in front of a coordinator that is slow to answer.
        _pause *= pieces.Count == 1 ? 1 : 2;
    }

    private IActorLoadMessage? Joined(Parcel parcel)
    {
        try
        {
            return _assembler.Add(parcel);
        }
        catch (WireFormatException)
        {
            // As with any message that cannot be read: it is as if it had never come.
            return null;
        }
    }

    private enum Due
    {
        AskAgain,
        GiveUp,
    }
}
