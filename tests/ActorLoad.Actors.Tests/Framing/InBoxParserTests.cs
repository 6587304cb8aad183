using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>
/// The runtime's own parser as an oracle. Where it departs from the standard, a test pins both sides, so that the day it
/// changes is noticed.
/// </summary>
public sealed class InBoxParserTests
{
    [Fact]
    public void Events_agree_with_the_in_box_parser_where_it_follows_the_standard() =>
        Streams.WithoutInBoxDepartures.Sample(
            stream => Assert.Equal(InBox(stream), Ours(stream)), iter: 5000, print: stream => JsonSerializer.Serialize(Encoding.UTF8.GetString(stream)));

    [Fact]
    public void Departure_1_an_event_type_outlives_a_block_without_data()
    {
        var stream = "event: foo\n\ndata: x\n\n"u8.ToArray();
        Assert.Equal([Seen.Event("x", "foo")], InBox(stream));
        Assert.Equal([Seen.Event("x")], Ours(stream));
    }

    [Fact]
    public void Departure_2_the_last_event_id_moves_before_its_block_has_ended()
    {
        var stream = "id: 4\ndata: x\n\nid: 5\ndata: y"u8.ToArray();
        var parser = Parser(new MemoryStream(stream));
        Assert.Single(parser.Enumerate());
        Assert.Equal("5", parser.LastEventId);

        Assert.Equal(Seen.Id("4"), Decoding.Whole(stream).Last(r => r.StartsWith("id ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Departure_3_an_event_ended_by_a_lone_cr_waits_for_the_next_byte()
    {
        var stream = "data: x\r\r"u8.ToArray();
        var delivered = 0;
        var deliveredBeforeNextByte = -1;
        using var source = new TwoReads(stream, ":\n"u8.ToArray(), () => deliveredBeforeNextByte = delivered);
        foreach (var _ in Parser(source).Enumerate())
        {
            delivered++;
        }

        Assert.Equal(1, delivered);
        Assert.Equal(0, deliveredBeforeNextByte);
        Assert.Equal([Seen.Event("x")], Ours(stream));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1500")]
    [InlineData("0010")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1x")]
    public void Retry_times_below_the_bound_agree_with_the_in_box_parser(string value)
    {
        var stream = Encoding.UTF8.GetBytes($"retry: {value}\ndata: x\n\n");
        var parser = Parser(new MemoryStream(stream));
        Assert.Single(parser.Enumerate());
        var inBox = parser.ReconnectionInterval;
        string[] expected = inBox == Timeout.InfiniteTimeSpan ? [] : [Seen.Retry((long)inBox.TotalMilliseconds)];
        Assert.Equal(expected, Decoding.Whole(stream).Where(r => r.StartsWith("retry ", StringComparison.Ordinal)));
    }

    private static SseParser<string> Parser(Stream stream) =>
        SseParser.Create(stream, (_, data) => Encoding.UTF8.GetString(data));

    private static List<string> InBox(byte[] stream)
    {
        var parser = Parser(new MemoryStream(stream));
        var events = new List<string>();
        foreach (var item in parser.Enumerate())
        {
            // The parser says "message" for an absent type, which the standard does only when it makes the DOM event.
            var type = item.EventType == SseParser.EventTypeDefault ? "" : item.EventType;
            events.Add(Seen.Event(item.Data, type, parser.LastEventId));
        }

        return events;
    }

    private static List<string> Ours(byte[] stream) =>
        [.. Decoding.Whole(stream)
            .Where(r => r.StartsWith("event ", StringComparison.Ordinal))
            .Select(r => r.Replace("event type=<message>", "event type=<>", StringComparison.Ordinal))];

    /// <summary>Gives two chunks and tells when the second one is asked for.</summary>
    private sealed class TwoReads(byte[] first, byte[] second, Action beforeSecond) : Stream
    {
        private int _reads;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (_reads == 1)
            {
                beforeSecond();
            }

            ReadOnlySpan<byte> chunk = _reads++ switch
            {
                0 => first,
                1 => second,
                _ => default,
            };
            chunk.CopyTo(buffer);
            return chunk.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
