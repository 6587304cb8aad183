using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

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

    [Theory]
    [InlineData("/ts", SentAtFormat.UnixMs)]
    [InlineData("/iso", SentAtFormat.Iso8601)]
    [InlineData("id", SentAtFormat.UnixMs)]
    public void Nor_when_latency_spread_and_bursts_are_measured(string sentAt, SentAtFormat format)
    {
        var worker = new WorkerRecorder([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }]);
        var plan = new MeasurePlan(new MeasureSettings { Sequence = "/n", SentAt = sentAt, SentAtFormat = format });
        var meter = new StreamMeter(worker.UserTypes[0].Stream("main"), plan);
        var now = TimeProvider.System.GetTimestamp();
        meter.OnOpened(new StreamResponse(Stream.Null, "http://t/", now, now, false), 1, "");
        var sent = DateTimeOffset.UtcNow.AddSeconds(-1);
        var data = Encoding.UTF8.GetBytes($$"""{"type": "tick", "ts": {{sent.ToUnixTimeMilliseconds()}}, "iso": "{{sent:o}}", "n": 7}""");
        var id = Encoding.UTF8.GetBytes($"{sent.ToUnixTimeMilliseconds()}-3");
        Feed();
        var clean = 0;
        for (var i = 0; i < Batches; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed();
            clean += GC.GetAllocatedBytesForCurrentThread() == before ? 1 : 0;
        }

        Assert.InRange(clean, Batches - Stripe.Count, Batches);
        var totals = new StatsTotals();
        totals.Add(worker.TakeWindow(new RunId("run"), new WorkerId("w"), 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1)));
        Assert.Equal((Batches + 1) * EventsPerBatch, totals.Timings[Timing.DeliveryLatency].TotalCount);

        void Feed()
        {
            for (var i = 0; i < EventsPerBatch; i++)
            {
                meter.OnRead(120, TimeProvider.System.GetTimestamp());
                meter.OnEvent(new SseEvent("tick"u8, data, id));
            }
        }
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
