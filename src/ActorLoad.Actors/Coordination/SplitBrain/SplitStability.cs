namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>
/// Whether what a node sees has stayed the same for long enough to act on it: while members still become unreachable one after the
/// other, or reachable again, the sides are not known yet.
/// </summary>
/// <param name="stableAfter">For so long.</param>
internal sealed class SplitStability(TimeSpan stableAfter)
{
    private HashSet<SplitMember> _last = [];
    private TimeSpan _since;

    /// <param name="now">From a clock that never goes back.</param>
    public bool IsStable(TimeSpan now, IReadOnlyCollection<SplitMember> members)
    {
        if (!_last.SetEquals(members))
        {
            (_last, _since) = ([.. members], now);
        }

        return now - _since >= stableAfter;
    }
}
