using ActorLoad.Actors.Coordination.Registry;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>A worker that gets ready to join a run which is on.</summary>
/// <param name="FirstWindow">With which its windows are to begin, when it is ready by then.</param>
/// <param name="Tries">How often it was not.</param>
internal sealed record Joiner(WorkerCard Card, int FirstWindow, int Tries)
{
    private const int LeadSeconds = 3;
    private const int MostDoublings = 4;

    /// <summary>Less of the plan than this is not worth joining.</summary>
    public static readonly TimeSpan WorthJoining = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(500);

    /// <param name="second">The second of the run that is on.</param>
    public static Joiner At(WorkerCard card, int second) => new(card, second + LeadSeconds, 0);

    /// <summary>Another try, with more time for a worker that prepares slowly.</summary>
    public Joiner Again(int second) => this with { FirstWindow = second + (LeadSeconds << Math.Min(Tries + 1, MostDoublings)), Tries = Tries + 1 };

    /// <summary>Whether the word to start still reaches it before its first window.</summary>
    public bool IsInTime(TimeSpan elapsed) => elapsed + Notice < TimeSpan.FromSeconds(FirstWindow);
}
