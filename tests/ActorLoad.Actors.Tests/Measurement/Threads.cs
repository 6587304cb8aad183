namespace ActorLoad.Actors.Tests.Measurement;

/// <summary>Runs the same work on several threads at once while the caller's own thread drains what they record.</summary>
internal static class Threads
{
    public const int Count = 4;

    /// <param name="work">Receives the index of its thread.</param>
    /// <param name="drain">Called again and again while they work, and once more when all are done.</param>
    public static void Run(Action<int> work, Action drain)
    {
        using var together = new Barrier(Count);
        var all = Task.WhenAll(Enumerable.Range(0, Count).Select(thread => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                work(thread);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        while (!all.Wait(1))
        {
            drain();
        }

        drain();
    }
}
