namespace ActorLoad.Actors.Tests.Measurement;

/// <summary>What some code allocates on its thread.</summary>
internal static class Allocation
{
    /// <summary>The least of some tries: what a collection that other tests have caused takes from this thread's share counts as well.</summary>
    /// <returns>Bytes.</returns>
    public static long Of(Action code) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        code();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
