namespace ActorLoad.Host.Node;

/// <summary>The thread pool of a node.</summary>
internal static class NodeThreads
{
    private const int PerProcessor = 4;

    /// <summary>
    /// Akka's timers tick on the pool (akkadotnet/akka.net#8549): some threads that are blocked for a moment must not hold up every
    /// heartbeat until the pool has noticed and made another one.
    /// </summary>
    public static void Raise()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, PerProcessor * Environment.ProcessorCount), completions);
    }
}
