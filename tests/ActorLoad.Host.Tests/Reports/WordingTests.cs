using System.Globalization;
using ActorLoad.Host.Reports.Wording;
using CsCheck;

namespace ActorLoad.Host.Tests.Reports;

public class WordingTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\r\nlines\tand  more ", "two lines and more")]
    [InlineData("\e[31mred\e[0m\a", "[31mred[0m")]
    [InlineData("a\u202Egnp.exe\u200B", "agnp.exe")]
    [InlineData("\uD800broken", "broken")]
    [InlineData("", "")]
    public void Cleaned_text_is_one_line_without_anything_that_acts(string text, string expected) =>
        Assert.Equal(expected, SafeText.Clean(text, 100));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("ab cdef", 3, "ab…")]
    [InlineData("abc😀", 5, "abc😀")]
    [InlineData("abc😀😀", 5, "abc…")]
    public void Long_text_is_cut_between_characters(string text, int max, string expected) =>
        Assert.Equal(expected, SafeText.Clean(text, max));

    [Fact]
    public void Cleaned_text_never_holds_a_control_character_and_never_grows_past_its_limit() =>
        Gen.Select(Gen.String, Gen.Int[1, 40]).Sample((text, max) =>
        {
            var clean = SafeText.Clean(text, max);
            return clean.Length <= max && clean.EnumerateRunes().All(r =>
                System.Text.Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format)
                && r.Value is not ('\u2028' or '\u2029' or 0xFFFD));
        });

    [Theory]
    [InlineData(0.0, "0ms")]
    [InlineData(0.42, "420µs")]
    [InlineData(0.9996, "1.00ms")]
    [InlineData(4.213, "4.21ms")]
    [InlineData(42.13, "42.1ms")]
    [InlineData(421.3, "421ms")]
    [InlineData(999.7, "1.00s")]
    [InlineData(10_234, "10.2s")]
    [InlineData(59_960, "1m00s")]
    [InlineData(70_000, "1m10s")]
    [InlineData(3_599_700, "1h00m")]
    [InlineData(7_500_000, "2h05m")]
    public void Milliseconds_read_with_three_digits_and_a_unit(double ms, string expected) =>
        Assert.Equal(expected, Humanize.Milliseconds(ms));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(14_541, "14.2 KiB")]
    [InlineData(1_048_570, "1.0 MiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Bytes_have_binary_units(long bytes, string expected) => Assert.Equal(expected, Humanize.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567, "1,234,567")]
    [InlineData(123_456_789, "123.5M")]
    public void Counts_are_grouped_and_shortened_when_huge(long count, string expected) => Assert.Equal(expected, Humanize.Count(count));

    [Theory]
    [InlineData(250.1, "250.1ms")]
    [InlineData(10_234.567, "10.234567s")]
    public void Values_next_to_a_limit_are_not_rounded(double ms, string expected) => Assert.Equal(expected, Humanize.Exactly(ms));

    [Fact]
    public void A_clock_shows_hours_when_there_are_any()
    {
        Assert.Equal("01:10", Humanize.Clock(TimeSpan.FromSeconds(70)));
        Assert.Equal("26:01:10", Humanize.Clock(new TimeSpan(26, 1, 10)));
    }

    [Theory]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("a\\|b", "`a\\ \\|b`")]
    [InlineData("`x` <b>@all</b>", "`'x' <b>@all</b>`")]
    [InlineData("two\nlines", "`two lines`")]
    [InlineData("", "")]
    public void Code_spans_cannot_be_left_and_cannot_split_a_table(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.Code(text));

    [Fact]
    public void Escaped_text_has_no_markdown_of_its_own() =>
        Assert.Equal("\\<img\\> \\[x\\](y) \\| \\`z\\` \\*b\\*", MarkdownText.Escape("<img> [x](y) | `z` *b*"));
}
