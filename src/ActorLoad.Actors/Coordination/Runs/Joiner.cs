using ActorLoad.Actors.Coordination.Registry;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>A worker that gets ready to join a run which is on.</summary>
/// <param name="FirstWindow">With which its windows are to begin, when it is ready by then.</param>
/// <param name="Tries">How often it was not.</param>
internal sealed record Joiner(WorkerCard Card, int FirstWindow, int Tries)
{
    private const int MostDoublings = 4;

    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(500);

    /// <param name="second">The second of the run that is on.</param>
    /// <param name="lead">How long it has to get ready.</param>
    public static Joiner At(WorkerCard card, int second, TimeSpan lead) => new(card, second + Seconds(lead, 0), 0);

    /// <summary>Another try, with more time for a worker that prepares slowly.</summary>
    public Joiner Again(int second, TimeSpan lead) =>
        this with { FirstWindow = second + Seconds(lead, Tries + 1), Tries = Tries + 1 };

    /// <summary>Whether the word to start still reaches it before its first window.</summary>
    public bool IsInTime(TimeSpan elapsed) => elapsed + Notice < TimeSpan.FromSeconds(FirstWindow);

    private static int Seconds(TimeSpan lead, int tries) => (int)Math.Ceiling(lead.TotalSeconds) << Math.Min(tries, MostDoublings);
}
