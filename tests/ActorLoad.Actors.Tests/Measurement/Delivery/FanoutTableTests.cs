using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

public sealed class FanoutTableTests
{
    private const long Start = HandClock.StartUs;
    private const long Second = 1_000_000;

    private readonly FanoutTable _table = new();

    [Fact]
    public void A_span_reaches_from_the_first_to_the_last_receiver_in_whatever_order_they_come()
    {
        foreach (var at in (int[])[300, 100, 200, 900, 400])
        {
            _table.Received(Key(1), Start + at);
        }

        Assert.Equal([new FanoutSpan(Key(1), Start + 100, Start + 900, 5)], _table.Take(Start + (3 * Second), all: false));
        Assert.Empty(_table.Take(Start + (30 * Second), all: true));
    }

    [Fact]
    public void It_is_handed_out_two_seconds_after_the_last_receiver()
    {
        _table.Received(Key(1), Start);
        Assert.Empty(_table.Take(Start + (Second * 19 / 10), all: false));
        _table.Received(Key(1), Start + Second);
        Assert.Empty(_table.Take(Start + (Second * 29 / 10), all: false));
        Assert.Equal(2, Assert.Single(_table.Take(Start + (3 * Second), all: false)).Receivers);
    }

    [Fact]
    public void Or_at_once_when_the_run_is_over()
    {
        _table.Received(Key(1), Start);
        Assert.Single(_table.Take(Start, all: true));
    }

    [Fact]
    public void Or_after_ten_seconds_when_receivers_never_cease()
    {
        for (var second = 0; second <= 9; second++)
        {
            _table.Received(Key(1), Start + (second * Second));
            Assert.Empty(_table.Take(Start + (second * Second), all: false));
        }

        Assert.Equal(10, Assert.Single(_table.Take(Start + (10 * Second), all: false)).Receivers);
    }

    [Fact]
    public void A_place_is_free_again_a_while_after_its_span_was_handed_out()
    {
        for (var i = 0; i < 5; i++)
        {
            var at = Start + (i * 10 * Second);
            _table.Received(Key(1), at);
            Assert.Equal(1, Assert.Single(_table.Take(at + (2 * Second), all: false)).Receivers);
            Assert.Empty(_table.Take(at + (3 * Second), all: false));
        }
    }

    [Fact]
    public void Too_many_events_are_thinned_out_and_what_is_left_has_all_of_its_receivers()
    {
        // 2,000 events a second, each with ten receivers, half of them late in the second.
        var spans = new List<FanoutSpan>();
        for (var second = 0; second < 40; second++)
        {
            var now = Start + (second * Second);
            for (var half = 0; half < 2; half++)
            {
                for (var i = 0; i < 2000; i++)
                {
                    for (var receiver = 0; receiver < 5; receiver++)
                    {
                        _table.Received(Key((second * 2000) + i), now + (half * 500_000) + receiver);
                    }
                }
            }

            spans.AddRange(_table.Take(now + (Second * 9 / 10), all: false));
        }

        Assert.All(spans, s => Assert.Equal((10, 500_004), (s.Receivers, s.LastUnixUs - s.FirstUnixUs)));
        Assert.Equal(spans.Count, spans.DistinctBy(s => s.Key).Count());

        // About 256 places, each taken for some 4 seconds.
        Assert.InRange(spans.Count, 300, 40 * 128);
        var late = spans.Count(s => s.FirstUnixUs > Start + (30 * Second));
        Assert.InRange(late, 8 * 10, 9 * 128);
    }

    [Fact]
    public void Threads_lose_no_receiver()
    {
        var keys = Enumerable.Range(0, 20).Select(i => (ulong)(i + 1)).ToArray();
        Threads.Run(
            t =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    _table.Received(keys[i % keys.Length], Start + (t * 20_000) + i);
                }
            },
            () => { });

        var spans = _table.Take(Start, all: true);
        Assert.Equal(20, spans.Length);
        Assert.All(spans, s => Assert.Equal(4000, s.Receivers));
        Assert.Equal(Start, spans.Min(s => s.FirstUnixUs));
        Assert.Equal(Start + 79_999, spans.Max(s => s.LastUnixUs));
    }

    [Fact]
    public void Keys_differ_when_any_part_does_and_where_parts_end_matters()
    {
        var stream = FanoutKey.OfStream("main");
        ulong[] keys =
        [
            FanoutKey.Of(stream, "a"u8, "12"u8, "3"u8),
            FanoutKey.Of(stream, "a"u8, "1"u8, "23"u8),
            FanoutKey.Of(stream, "a1"u8, "2"u8, "3"u8),
            FanoutKey.Of(stream, ""u8, "12"u8, "3"u8),
            FanoutKey.Of(FanoutKey.OfStream("side"), "a"u8, "12"u8, "3"u8),
        ];
        Assert.Equal(5, keys.Distinct().Count());

        // The same in every process of every machine: workers must agree.
        Assert.Equal(Known, FanoutKey.Of(FanoutKey.OfStream("main"), ""u8, "1"u8, ""u8));
    }

    private const ulong Known = 8094784293438629258;

    private static ulong Key(int number) => FanoutKey.Of(1, default, BitConverter.GetBytes(number), default);
}
