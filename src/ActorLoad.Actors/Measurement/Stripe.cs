namespace ActorLoad.Actors.Measurement;

/// <summary>Which stripe of striped measurements the current thread uses: that of the processor it runs on.</summary>
internal static class Stripe
{
    public static readonly int Count = Math.Clamp(Environment.ProcessorCount, 1, 16);

    public static int Current => Count == 1 ? 0 : Thread.GetCurrentProcessorId() % Count;
}
