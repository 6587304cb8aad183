namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>
/// When a message is said again that has had no answer, counted in moments at which that is usual: a large one at the first, third,
/// seventh, fifteenth of them, because it may still be on its way. Plain logic.
/// </summary>
internal sealed class Patience
{
    private int _moments;
    private int _next = 1;

    /// <summary>A moment has come.</summary>
    public bool IsOver(bool isLarge)
    {
        if (++_moments < _next)
        {
            return false;
        }

        _next = isLarge ? (_moments * 2) + 1 : _moments + 1;
        return true;
    }
}
