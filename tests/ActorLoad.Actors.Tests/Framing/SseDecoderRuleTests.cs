using ActorLoad.Actors.Framing;
using static ActorLoad.Actors.Tests.Framing.Seen;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>The rules of the HTML standard, section "Server-sent events", one by one, each cut at every position, too.</summary>
public sealed class SseDecoderRuleTests
{
    private static void Expect(string stream, params string[] expected) =>
        Decoding.AssertSameHoweverSplit(Decoding.Bytes(stream), [.. expected]);

    [Fact]
    public void A_blank_line_dispatches_the_event() => Expect("data: x\n\n", Event("x"));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Every_line_end_of_the_standard_ends_a_line(string end) =>
        Expect($"id: 1{end}event: t{end}data: a{end}data: b{end}{end}data: c{end}{end}", Id("1"), Event("a\nb", "t", "1"), Event("c", "", "1"));

    [Fact]
    public void Line_ends_may_be_mixed_and_a_cr_lf_pair_is_one() =>
        Expect("data: a\r\ndata: b\rdata: c\ndata: d\r\n\r\ndata: e\n\r\ndata: f\r\n\n", Event("a\nb\nc\nd"), Event("e"), Event("f"));

    [Fact]
    public void An_lf_and_a_cr_are_two_line_ends() => Expect("data: a\n\rdata: b\n\n", Event("a"), Event("b"));

    [Fact]
    public void Data_lines_are_joined_by_lf() => Expect("data: a\ndata: b\ndata: c\n\n", Event("a\nb\nc"));

    [Fact]
    public void One_trailing_lf_of_the_data_is_removed_and_not_more() => Expect("data: a\ndata\ndata:\n\n", Event("a\n\n"));

    [Theory]
    [InlineData("data\n\n")]
    [InlineData("data:\n\n")]
    [InlineData("data: \n\n")]
    public void An_empty_data_line_dispatches_an_empty_event(string stream) => Expect(stream, Event(""));

    [Fact]
    public void Two_empty_data_lines_are_one_lf() => Expect("data\ndata\n\n", Event("\n"));

    [Fact]
    public void A_block_without_data_is_no_event() => Expect("event: t\n\n\n\nretry\n\n");

    [Fact]
    public void The_event_type_is_reset_after_every_blank_line_with_data_or_without() =>
        Expect("event: t\n\ndata: a\n\nevent: u\ndata: b\n\ndata: c\n\n", Event("a"), Event("b", "u"), Event("c"));

    [Fact]
    public void The_last_event_line_of_a_block_counts_also_when_it_is_empty() =>
        Expect("event: t\nevent: u\ndata: a\n\nevent: t\nevent\ndata: b\n\nevent: t\ndata: c\nevent: v\n\n", Event("a", "u"), Event("b"), Event("c", "v"));

    [Fact]
    public void One_leading_space_of_a_value_is_removed_and_no_other_white_space() =>
        Expect("data:  a\ndata:\tb \ndata: \n\nevent:  t\ndata:c\n\n", Event(" a\n\tb \n"), Event("c", " t"));

    [Fact]
    public void The_first_colon_ends_the_field_name() => Expect("data:: a: b\ndata:c:d\n\n", Event(": a: b\nc:d"));

    [Theory]
    [InlineData("Data: x")]
    [InlineData(" data: x")]
    [InlineData("data : x")]
    [InlineData("dat: x")]
    [InlineData("datas: x")]
    [InlineData("d")]
    [InlineData("\uFEFFdata: x")]
    [InlineData("x")]
    [InlineData("{\"data\": 1}")]
    public void Unknown_fields_are_ignored(string line) => Expect($"data: a\n{line}\ndata: b\n\n{line}\n\n", Event("a\nb"));

    [Fact]
    public void Comments_are_reported_and_change_nothing() =>
        Expect(": hello\nevent: t\n:\n:  two\ndata: a\n::\n:data: b\n\n", Comment("hello"), Comment(""), Comment(" two"), Comment(":"), Comment("data: b"), Event("a", "t"));

    [Fact]
    public void A_last_event_id_stays_until_the_next_one() =>
        Expect("id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n", Id("1"), Event("a", "", "1"), Event("b", "", "1"), Id("2"), Event("c", "", "2"));

    [Fact]
    public void A_last_event_id_takes_effect_without_data() => Expect("id: 7\n\ndata: a\n\n", Id("7"), Event("a", "", "7"));

    [Theory]
    [InlineData("id")]
    [InlineData("id:")]
    [InlineData("id: ")]
    public void An_empty_id_line_empties_the_last_event_id(string line) =>
        Expect($"id: 1\ndata: a\n\n{line}\ndata: b\n\n", Id("1"), Event("a", "", "1"), Id(""), Event("b"));

    [Fact]
    public void The_last_id_line_of_a_block_counts() => Expect("id: 1\ndata: a\nid: 2\n\n", Id("2"), Event("a", "", "2"));

    [Theory]
    [InlineData("\0")]
    [InlineData("12\0")]
    [InlineData("\012")]
    [InlineData("1\02")]
    public void An_id_with_nul_is_ignored(string id) =>
        Expect($"id: 1\ndata: a\n\nid: {id}\ndata: b\n\nid: {id}\n\nid: 3\nid: {id}\ndata: c\n\n", Id("1"), Event("a", "", "1"), Event("b", "", "1"), Id("3"), Event("c", "", "3"));

    [Fact]
    public void Nul_is_an_ordinary_character_elsewhere() => Expect("event: t\0\ndata: \0a\n\n", Event("\0a", "t\0"));

    [Fact]
    public void An_unfinished_event_at_the_end_is_discarded_with_its_id()
    {
        Expect("data: a\n\nid: 2\nevent: t\ndata: b\n", Event("a"));
        Expect("data: a\n\nid: 2\ndata: b", Event("a"));
        Expect(":c");
        Expect("retry: 5");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1500", 1500)]
    [InlineData("0010", 10)]
    [InlineData("86400000", SseDecoder.MaxRetryMs)]
    [InlineData("86400001", SseDecoder.MaxRetryMs)]
    [InlineData("9223372036854775808", SseDecoder.MaxRetryMs)]
    [InlineData("99999999999999999999999999999999", SseDecoder.MaxRetryMs)]
    public void Retry_takes_digits_up_to_a_bound_at_once(string value, long expected) => Expect($"retry: {value}\n", Retry(expected));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1s")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("\u0661")]
    [InlineData("99999999999999999999x")]
    public void A_retry_that_is_not_all_ascii_digits_is_ignored(string value) => Expect($"retry:  {value}\nretry:{value}x\nretry\ndata: a\n\n", Event("a"));

    [Fact]
    public void One_leading_byte_order_mark_is_removed() => Expect("\uFEFFdata: a\n\n", Event("a"));

    [Fact]
    public void A_second_byte_order_mark_belongs_to_the_first_line() => Expect("\uFEFF\uFEFFdata: a\ndata: b\n\n", Event("b"));

    [Fact]
    public void A_byte_order_mark_elsewhere_is_text() => Expect("\n\uFEFFdata: a\ndata: \uFEFFb\n\n", Event("\uFEFFb"));

    [Theory]
    [InlineData(new byte[] { 0xEF })]
    [InlineData(new byte[] { 0xEF, 0xBB })]
    public void Half_a_byte_order_mark_belongs_to_the_first_line(byte[] half)
    {
        Decoding.AssertSameHoweverSplit([.. half, .. "data: a\ndata: b\n\n"u8], [Event("b")]);
        Decoding.AssertSameHoweverSplit([.. half, .. "\ndata: b\n\n"u8], [Event("b")]);
        Decoding.AssertSameHoweverSplit(half, []);
    }

    [Fact]
    public void Text_is_utf8_with_invalid_sequences_replaced()
    {
        Expect("event: \u00e9\nid: \u20ac\ndata: \U0001F600\n\n", Id("\u20ac"), Event("\U0001F600", "\u00e9", "\u20ac"));
        Decoding.AssertSameHoweverSplit([.. "data: a"u8, 0xFF, .. "b\ndata:"u8, 0xE2, 0x82, .. "\n\n"u8], [Event("a\uFFFDb\n\uFFFD")]);
    }

    [Fact]
    public void Neither_unicode_line_separators_nor_vertical_tabs_end_a_line() =>
        Expect("data: a\u2028b\u0085c\vd\fe\n\n", Event("a\u2028b\u0085c\vd\fe"));

    [Fact]
    public void A_new_decoder_goes_on_with_the_last_event_id_it_is_given()
    {
        Decoding.AssertSameHoweverSplit(Decoding.Bytes("data: a\n\nid: 9\ndata: b\n\n"), [Event("a", "", "41"), Id("9"), Event("b", "", "9")], lastEventId: "41");
        Decoding.AssertSameHoweverSplit(Decoding.Bytes("id\ndata: a\n\n"), [Id(""), Event("a")], lastEventId: "41");
    }
}
