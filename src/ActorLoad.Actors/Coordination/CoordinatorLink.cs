using ActorLoad.Messages.Protocol;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>What a worker knows of its coordinator: which incarnation it is, whether it knows this worker, and for how long it has been silent.</summary>
internal sealed class CoordinatorLink
{
    public static readonly TimeSpan HelloEvery = TimeSpan.FromSeconds(2);

    private string? _incarnation;
    private int _unanswered;

    /// <summary>Who answered the last greeting; null before the first answer.</summary>
    public IActorRef? Coordinator { get; private set; }

    public bool IsRegistered { get; private set; }

    /// <summary>The coordinator does not work with this worker: there is nothing more to say.</summary>
    public bool IsRefused { get; private set; }

    public void OnHello() => _unanswered++;

    /// <returns>Whether this coordinator is another one than before, which has to be told everything.</returns>
    public bool OnAnswer(WorkerProtocol.HelloAnswer answer, IActorRef sender)
    {
        _unanswered = 0;
        IsRefused |= answer.Refusal is not null;
        if (IsRefused || (answer.Coordinator == _incarnation && sender.Equals(Coordinator)))
        {
            return false;
        }

        (_incarnation, Coordinator, IsRegistered) = (answer.Coordinator, sender, false);
        return true;
    }

    public void OnRegistered(WorkerProtocol.Registered registered) => IsRegistered |= registered.Coordinator == _incarnation;

    public void OnWindowAck() => _unanswered = 0;

    /// <summary>Whether who sent this lives where the coordinator does; what a former coordinator still says is not to be taken for its word.</summary>
    public bool IsFrom(IActorRef sender) => Coordinator is null || sender.Path.Address.Equals(Coordinator.Path.Address);

    /// <summary>
    /// Whether nothing has come for so long. Counted in greetings without an answer and not by the clock: a machine that was
    /// asleep has not been left alone.
    /// </summary>
    public bool IsSilentFor(TimeSpan time) => _unanswered * HelloEvery >= time && _unanswered > 0;
}
