using ActorLoad.Actors.Framing;
using ActorLoad.Messages.Failures;
using static ActorLoad.Actors.Tests.Framing.Seen;

namespace ActorLoad.Actors.Tests.Framing;

public sealed class SseDecoderLimitTests
{
    private static void Expect(string stream, int maxLine, int maxEvent, params string[] expected) =>
        Decoding.AssertSameHoweverSplit(Decoding.Bytes(stream), [.. expected], "", maxLine, maxEvent);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void A_line_may_be_as_long_as_the_limit_without_its_end(string end) =>
        Expect($"data:12345{end}{end}", 10, 100, Event("12345"));

    [Theory]
    [InlineData("data:123456\n")]
    [InlineData("data:123456")]
    [InlineData(":1234567890\n")]
    [InlineData("unknown:123")]
    public void A_longer_line_fails_whatever_it_is(string line) =>
        Expect($"data:1\n\n{line}", 10, 100, Event("1"), Failed(FailureReason.LineTooLong));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_line() => Expect("\uFEFFdata:12345\n\n", 10, 100, Event("12345"));

    [Fact]
    public void Half_a_byte_order_mark_counts_once_it_is_known_to_be_none() =>
        Decoding.AssertSameHoweverSplit([0xEF, 0xBB, (byte)'\n'], [Failed(FailureReason.LineTooLong)], maxLine: 1);

    [Theory]
    [InlineData("data:12345\ndata:6789\n\n", "12345\n6789", "", "")]
    [InlineData("event:123\ndata:1234567\n\n", "1234567", "123", "")]
    [InlineData("data:1234567\nevent:123\n\n", "1234567", "123", "")]
    [InlineData("event:123456789\nevent:1\ndata:123456789\n\n", "123456789", "1", "")]
    public void An_event_may_be_as_large_as_the_limit(string stream, string data, string type, string id) =>
        Expect(stream, 100, 10, Event(data, type, id));

    [Theory]
    [InlineData("data:12345678901\n\n")]
    [InlineData("data:12345\ndata:67890\n\n")]
    [InlineData("event:123\ndata:12345678\n\n")]
    [InlineData("data:12345678\nevent:123\n\n")]
    [InlineData("id:12345678901\n\n")]
    [InlineData("id:12345\nevent:123456\n\n")]
    [InlineData("event:123456\nid:12345\n\n")]
    [InlineData("id:1\ndata:1234567890\n\n")]
    [InlineData("data\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\n\n")]
    public void A_larger_event_fails_at_the_line_that_makes_it_so(string stream) =>
        Expect($"data:1\n\n{stream}", 100, 10, Event("1"), Failed(FailureReason.EventTooLarge));

    [Fact]
    public void An_id_of_an_earlier_event_does_not_count() =>
        Expect("id:12345\n\ndata:1234567890\n\n", 100, 10, Id("12345"), Event("1234567890", "", "12345"));

    [Fact]
    public void Lines_that_are_no_part_of_an_event_do_not_add_up() =>
        Expect(string.Concat(Enumerable.Repeat(":12345\nx:12345\nretry:1\n", 4)) + "data:1\n\n", 10, 10, [.. Enumerable.Repeat<string[]>([Comment("12345"), Retry(1)], 4).SelectMany(x => x), Event("1")]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void An_endless_line_fails_at_the_first_byte_too_many_in_bounded_memory(int chunk)
    {
        const int limit = 64 * 1024;
        var pool = new StrictPool(powersOfTwo: true);
        using var decoder = new SseDecoder(new Seen(), limit, limit, default, pool);
        var bytes = new byte[chunk];
        Array.Fill(bytes, (byte)'x');
        for (var fed = 0; fed + chunk <= limit; fed += chunk)
        {
            decoder.Feed(bytes);
        }

        var e = Assert.Throws<SseLimitException>(() => decoder.Feed(bytes));
        Assert.Equal(FailureReason.LineTooLong, e.Reason);
        Assert.InRange(pool.PeakBytes, 1, 2 * limit);
    }

    [Fact]
    public void A_line_that_exceeds_the_limit_within_one_feed_is_not_buffered_at_all()
    {
        var pool = new StrictPool();
        using var decoder = new SseDecoder(new Seen(), 1024, 1024, default, pool);
        Assert.Throws<SseLimitException>(() => decoder.Feed(new byte[1025]));
        Assert.Equal(0, pool.PeakBytes);
    }

    [Theory]
    [InlineData("data: 0123456789\n")]
    [InlineData("data\n")]
    public void An_endless_event_fails_in_bounded_memory(string line)
    {
        const int limit = 64 * 1024;
        var pool = new StrictPool(powersOfTwo: true);
        using var decoder = new SseDecoder(new Seen(), 1024, limit, default, pool);
        var bytes = Decoding.Bytes(line);
        var e = Assert.Throws<SseLimitException>(() =>
        {
            for (var i = 0; i < 2 * limit; i++)
            {
                decoder.Feed(bytes);
            }
        });
        Assert.Equal(FailureReason.EventTooLarge, e.Reason);
        Assert.InRange(pool.PeakBytes, limit / 2, 2 * limit);
    }
}
