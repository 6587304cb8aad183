using ActorLoad.Actors.Coordination.Registry;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>A worker that gets ready to join a run which is on.</summary>
/// <param name="FirstWindow">With which its windows are to begin, when it is ready by then.</param>
/// <param name="Tries">How often it was not.</param>
/// <param name="Asked">Offset of the run at which it was first asked.</param>
internal sealed record Joiner(WorkerCard Card, int FirstWindow, int Tries, TimeSpan Asked)
{
    private const int MostDoublings = 4;

    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(500);

    /// <summary>Of the first roster that names its first window; an answer to an older one is about another window.</summary>
    public int Epoch { get; init; }

    /// <summary>It has answered that it is ready.</summary>
    public bool IsPrepared { get; init; }

    /// <summary>For its invitation.</summary>
    public Patience Patience { get; init; } = new();

    /// <param name="elapsed">Of the run.</param>
    /// <param name="lead">How long it has to get ready.</param>
    public static Joiner At(WorkerCard card, TimeSpan elapsed, TimeSpan lead) => new(card, SecondOf(elapsed) + Seconds(lead, 0), 0, elapsed);

    /// <summary>Another try, with more time for a worker that prepares slowly.</summary>
    public Joiner Again(TimeSpan elapsed, TimeSpan lead) => this with
    {
        FirstWindow = SecondOf(elapsed) + Seconds(lead, Tries + 1),
        Tries = Tries + 1,
        Epoch = 0,
        IsPrepared = false,
        Patience = new Patience(),
    };

    /// <summary>Whether the word to start still reaches it before its first window.</summary>
    public bool IsInTime(TimeSpan elapsed) => elapsed + Notice < TimeSpan.FromSeconds(FirstWindow);

    private static int SecondOf(TimeSpan elapsed) => Math.Max(0, (int)elapsed.TotalSeconds);

    private static int Seconds(TimeSpan lead, int tries) => (int)Math.Ceiling(lead.TotalSeconds) << Math.Min(tries, MostDoublings);
}
