using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class StreamMeterAllocationTests
{
    private const int Batches = 60;
    private const int EventsPerBatch = 2_000;

    [Fact]
    public void In_steady_state_an_event_allocates_nothing()
    {
        var measured = new Measured(heartbeat: "alive");
        measured.Open(0, 1);
        var chain = new ExpectationChain([new Expectation(int.MaxValue, "tick"u8.ToArray(), "text"u8.ToArray())], _ => { });
        measured.Meter.SetChains([chain]);
        Feed(measured.Meter);

        // Steady state begins anew, once, when the thread comes to a processor whose stripe is still empty.
        var clean = 0;
        for (var i = 0; i < Batches; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(measured.Meter);
            if (GC.GetAllocatedBytesForCurrentThread() == before)
            {
                clean++;
            }
        }

        Assert.InRange(clean, Batches - Stripe.Count, Batches);
        Assert.Equal((Batches + 1) * EventsPerBatch, measured.Meter.Events);
        Assert.Equal((Batches + 1) * EventsPerBatch, chain.Matched);
    }

    private static void Feed(StreamMeter meter)
    {
        for (var i = 0; i < EventsPerBatch; i++)
        {
            meter.OnRead(120, Measured.At(i));
            meter.OnEvent(new SseEvent("tick"u8, "some text"u8, "17"u8));
        }
    }
}
