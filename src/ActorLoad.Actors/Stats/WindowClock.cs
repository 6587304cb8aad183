namespace ActorLoad.Actors.Stats;

/// <summary>
/// Numbers the seconds of a run. Window n covers [n, n+1) seconds from the start; a tick that comes late closes the window it
/// was due for with everything so far, and the windows it slept through follow empty, so that numbers have no holes and
/// stay aligned with the clock. Plain logic.
/// </summary>
/// <param name="first">Number of the first window; more than zero for a worker that joins a run which is on.</param>
public sealed class WindowClock(int first = 0)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    /// <summary>The number of the window that closes next.</summary>
    public int Next { get; private set; } = first;

    /// <summary>How long after the start the next window is due.</summary>
    public TimeSpan Due => (Next + 1) * Length;

    /// <returns>The numbers to close now, the first with contents and the others empty; none when it is too early.</returns>
    public IReadOnlyList<int> Close(TimeSpan elapsed)
    {
        var numbers = new List<int>();
        while (elapsed >= Due)
        {
            numbers.Add(Next++);
        }

        return numbers;
    }

    /// <summary>Closes the window in progress before its time, at the end of a run.</summary>
    public int CloseLast() => Next++;
}
