using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>Who waits to hear that the users of shares which went away in some epoch are gone.</summary>
internal sealed class ShareMoves
{
    private readonly HashSet<int> _leaving = [];
    private readonly HashSet<(int Epoch, IActorRef Asker)> _askers = [];

    public bool AnyLeaving => _leaving.Count > 0;

    /// <summary>Shares have gone away in this epoch, and their users are on their way out.</summary>
    public void Begin(int epoch) => _leaving.Add(epoch);

    /// <summary>Somebody wants to hear when that, and all that was before it, is done.</summary>
    public void Ask(int epoch, IActorRef asker) => _askers.Add((epoch, asker));

    /// <summary>The users that had to go in this epoch are gone.</summary>
    public void Done(int epoch) => _leaving.Remove(epoch);

    /// <summary>All users are gone, whatever epoch took them.</summary>
    public void AllDone() => _leaving.Clear();

    /// <summary>Those who can be answered now. They are forgotten.</summary>
    public IReadOnlyList<(int Epoch, IActorRef Asker)> TakeAnswers()
    {
        var first = _leaving.Count == 0 ? int.MaxValue : _leaving.Min();
        var answers = _askers.Where(a => a.Epoch < first).OrderBy(a => a.Epoch).ToList();
        _askers.ExceptWith(answers);
        return answers;
    }
}
