using ActorLoad.Actors.Framing;
using static ActorLoad.Actors.Tests.Framing.Seen;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>What a feed reveals at once, however the bytes were cut before.</summary>
public sealed class SseDecoderFeedTests
{
    private readonly Seen _seen = new();
    private readonly SseDecoder _decoder;

    public SseDecoderFeedTests() => _decoder = new SseDecoder(_seen, 1024, 1024, default);

    [Fact]
    public void A_lone_cr_dispatches_at_once_and_a_later_lf_is_swallowed()
    {
        _decoder.Feed("data: a\r"u8);
        Assert.Empty(_seen.Records);
        _decoder.Feed("\r"u8);
        Assert.Equal([Event("a")], _seen.Records);
        _decoder.Feed("\ndata: b\r"u8);
        _decoder.Feed("\n"u8);
        Assert.Equal([Event("a")], _seen.Records);
        _decoder.Feed("\r"u8);
        Assert.Equal([Event("a"), Event("b")], _seen.Records);
    }

    [Fact]
    public void An_empty_feed_between_cr_and_lf_changes_nothing()
    {
        _decoder.Feed("data: a\r"u8);
        _decoder.Feed(default);
        _decoder.Feed("\n"u8);
        Assert.Empty(_seen.Records);
        _decoder.Feed("\n"u8);
        Assert.Equal([Event("a")], _seen.Records);
    }

    [Fact]
    public void Comments_and_retry_times_are_told_when_their_line_ends()
    {
        _decoder.Feed(": a\nretry: 5\nda"u8);
        Assert.Equal([Comment("a"), Retry(5)], _seen.Records);
    }

    [Fact]
    public void An_id_is_told_when_its_block_ends_and_not_before()
    {
        _decoder.Feed("id: 1\n"u8);
        Assert.Empty(_seen.Records);
        _decoder.Feed("\n"u8);
        Assert.Equal([Id("1")], _seen.Records);
    }

    [Fact]
    public void A_disposed_decoder_takes_no_more_bytes()
    {
        _decoder.Feed("data: a"u8);
        _decoder.Dispose();
        _decoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _decoder.Feed("\n\n"u8));
        Assert.Empty(_seen.Records);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void Limits_below_one_byte_are_refused(int maxLine, int maxEvent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SseDecoder(_seen, maxLine, maxEvent, default));
}
