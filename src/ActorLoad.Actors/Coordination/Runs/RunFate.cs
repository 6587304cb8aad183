using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Why a run ends, and what happened to its generator on the way. Plain logic.</summary>
internal sealed class RunFate
{
    private readonly List<RunMark> _marks = [];
    private readonly List<GeneratorDoubt> _doubts = [];

    public StopReason Reason { get; private set; } = StopReason.Completed;

    /// <summary>What broke; or what interrupted it, unless somebody asked for that.</summary>
    public string? Problem { get; private set; }

    public ThresholdAbort? Abort { get; private set; }

    /// <summary>How the workers were told to stop; null = they were not.</summary>
    public StopMode? Stopped { get; private set; }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<RunMark> Marks => [.. _marks.OrderBy(m => m.At)];

    public IReadOnlyList<GeneratorDoubt> Doubts => _doubts;

    public bool IsBroken => Reason == StopReason.WorkerFailed;

    /// <summary>Somebody asked for it. What ended the run before stays the reason; a harder mode replaces a softer one.</summary>
    public void Stop(StopMode mode)
    {
        if (Reason == StopReason.Completed)
        {
            Reason = StopReason.Interrupted;
        }

        Stopped = Stopped == StopMode.Now ? StopMode.Now : mode;
    }

    /// <summary>It was interrupted, although nobody has asked for just that: what there is comes to its end in good order.</summary>
    /// <returns>False when something else ended the run before.</returns>
    public bool Interrupt(string note)
    {
        if (Reason != StopReason.Completed)
        {
            return false;
        }

        (Reason, Problem) = (StopReason.Interrupted, note);
        Stopped ??= StopMode.Graceful;
        return true;
    }

    /// <returns>False when something else ended the run before.</returns>
    public bool CrossedThreshold(ThresholdAbort abort)
    {
        if (Reason != StopReason.Completed)
        {
            return false;
        }

        (Reason, Abort) = (StopReason.ThresholdAborted, abort);
        Stopped ??= StopMode.Graceful;
        return true;
    }

    /// <summary>It cannot go on. The first problem is the one that is told.</summary>
    /// <param name="mode">How its workers are told to stop.</param>
    /// <returns>False when it was broken already.</returns>
    public bool Break(string problem, StopMode mode)
    {
        if (IsBroken)
        {
            return false;
        }

        (Reason, Problem, Abort) = (StopReason.WorkerFailed, problem, null);
        Stopped = Stopped == StopMode.Now ? StopMode.Now : mode;
        return true;
    }

    public void Add(RunMark mark) => _marks.Add(mark);

    public void Add(GeneratorDoubt doubt) => _doubts.Add(doubt);
}
