using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

public sealed class SequenceAllocationTests
{
    private const int Batches = 60;
    private const int EventsPerBatch = 1_000;

    private static readonly WorkerRecorder Worker = new([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }]);

    [Theory]
    [InlineData("id", "", 1)]
    [InlineData("/seq", "", 1)]
    [InlineData("/seq", "/from", 1)]
    [InlineData("id", "", -1)]
    [InlineData("/nowhere", "", 1)]
    public void In_steady_state_a_numbered_event_allocates_nothing(string sequence, string key, int swapping)
    {
        var meter = Meter(sequence, key);
        var ids = Enumerable.Range(0, EventsPerBatch).Select(i => swapping > 0 ? i : i ^ 1).ToArray();
        var number = 1_000_000L;
        Feed(meter, ids, ref number);

        // Steady state begins anew, once, when the thread comes to a processor whose stripe is still empty.
        var clean = 0;
        for (var i = 0; i < Batches; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(meter, ids, ref number);
            clean += GC.GetAllocatedBytesForCurrentThread() == before ? 1 : 0;
        }

        Assert.InRange(clean, Batches - Stripe.Count, Batches);
    }

    [Fact]
    public void What_a_stream_in_order_keeps_for_its_numbers_is_small()
    {
        Meter("id", "").OnEvent(Event("1"u8, "x"u8));
        var plain = Cost("");
        var numbered = Cost("id");
        Assert.InRange(numbered - plain, 1, 500);
    }

    private static long Cost(string sequence)
    {
        const int Streams = 100;
        var plan = new MeasurePlan(new MeasureSettings { Sequence = sequence });
        var recorder = Worker.UserTypes[0].Stream("main");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Streams; i++)
        {
            var meter = new StreamMeter(recorder, plan);
            meter.OnEvent(Event("1"u8, "x"u8));
            meter.OnEvent(Event("2"u8, "x"u8));
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Streams;
    }

    private static StreamMeter Meter(string sequence, string key) =>
        new(Worker.UserTypes[0].Stream("main"), new MeasurePlan(new MeasureSettings { Sequence = sequence, Key = key }));

    private static SseEvent Event(ReadOnlySpan<byte> id, ReadOnlySpan<byte> data) => new("tick"u8, data, id);

    private static void Feed(StreamMeter meter, int[] ids, ref long number)
    {
        Span<byte> id = stackalloc byte[7];
        Span<byte> data = stackalloc byte[64];
        "{\"text\":\"hello\",\"from\":\"publisher-1\",\"seq\":0000000}"u8.CopyTo(data);
        var at = data.IndexOf("0000000"u8);
        var length = data.IndexOf((byte)'}') + 1;
        foreach (var offset in ids)
        {
            System.Buffers.Text.Utf8Formatter.TryFormat(number + offset, id, out _);
            id.CopyTo(data[at..]);
            data[at] = id[0];
            meter.OnRead(120, Measured.At(1));
            meter.OnEvent(Event(id, data[..length]));
        }

        number += ids.Length;
    }
}
