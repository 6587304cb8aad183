using System.Text;
using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Tests.Framing;

public sealed class SseDecoderMemoryTests
{
    private const string Typical = "id: 123\nevent: update\ndata: {\"seq\":123,\"text\":\"0123456789012345678901234567890123456789\"}\n\n";
    private const string ManyLines = ": c\r\nid: 5\r\ndata: a\r\ndata: b\r\nevent: t\r\nretry: 10\r\n\r\n";

    [Theory]
    [InlineData(Typical, int.MaxValue)]
    [InlineData(Typical, 100)]
    [InlineData(Typical, 7)]
    [InlineData(Typical, 1)]
    [InlineData(ManyLines, int.MaxValue)]
    [InlineData(ManyLines, 13)]
    public void Ten_thousand_events_allocate_nothing(string one, int chunk)
    {
        var counter = new Counter();
        using var decoder = new SseDecoder(counter, 1024, 1024, default, new StrictPool(powersOfTwo: true));
        var stream = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(one, 100)));
        FeedAll(decoder, stream, chunk, times: 5);

        // The runtime itself allocates on this thread now and then (a method is compiled anew, the pool is trimmed by a
        // collection): a decoder that allocates does so in every round.
        var allocated = long.MaxValue;
        for (var round = 0; round < 5 && allocated > 0; round++)
        {
            counter.Events = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            FeedAll(decoder, stream, chunk, times: 100);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(10_000, counter.Events);
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void An_idle_decoder_takes_less_than_250_bytes()
    {
        const int count = 1000;
        var decoders = new SseDecoder[count];
        var counter = new Counter();
        var stream = Encoding.UTF8.GetBytes(Typical);
        void Open(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                decoders[i] = new SseDecoder(counter, Decoding.Plenty, Decoding.Plenty, default);
                decoders[i].Feed(stream);
            }
        }

        Open(0, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Open(10, count);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (count - 10);

        Assert.InRange(each, 1, 249);
        Assert.Equal(count, counter.Events);
    }

    [Theory]
    [InlineData("event: t\ndata: a\ndata: b\n\n")]
    [InlineData("event: t\n\n")]
    [InlineData(": comment\n\n")]
    [InlineData("\uFEFF\n")]
    public void Between_events_only_the_last_event_id_is_kept(string stream)
    {
        foreach (var chunk in (int[])[1, 2, 5, 1000])
        {
            var pool = new StrictPool();
            using var decoder = new SseDecoder(new Counter(), 1024, 1024, default, pool);
            FeedAll(decoder, Encoding.UTF8.GetBytes(stream), chunk, times: 2);
            Assert.Equal(0, pool.Outstanding);
            FeedAll(decoder, "id: 12\n\n"u8.ToArray(), chunk, times: 2);
            Assert.Equal(2, pool.OutstandingBytes);
        }
    }

    [Fact]
    public void Disposing_in_the_middle_of_an_event_returns_every_array()
    {
        var pool = new StrictPool();
        var decoder = new SseDecoder(new Counter(), 1024, 1024, "7"u8, pool);
        decoder.Feed("event: t\ndata: a\ndata: b\nda"u8);
        Assert.Equal(4, pool.Outstanding);
        decoder.Dispose();
        Assert.Equal(0, pool.Outstanding);
        decoder.Dispose();
    }

    private static void FeedAll(SseDecoder decoder, byte[] stream, int chunk, int times)
    {
        for (var i = 0; i < times; i++)
        {
            for (var start = 0; start < stream.Length; start += Math.Min(chunk, stream.Length))
            {
                decoder.Feed(stream.AsSpan(start, Math.Min(chunk, stream.Length - start)));
            }
        }
    }

    private sealed class Counter : ISseHandler
    {
        public int Events { get; set; }

        public void OnEvent(in SseEvent e) => Events++;

        public void OnComment(ReadOnlySpan<byte> text)
        {
        }

        public void OnRetry(long milliseconds)
        {
        }

        public void OnLastEventId(ReadOnlySpan<byte> id)
        {
        }
    }
}
