using System.Text;
using ActorLoad.Actors.Measurement.Sequences;
using ActorLoad.Messages.Failures;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

public sealed class SequenceTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("123", 123)]
    [InlineData("007", 7)]
    [InlineData("123-4", 4)]
    [InlineData("1760000000:123", 123)]
    [InlineData("orders-17", 17)]
    [InlineData("a1b2", 2)]
    [InlineData("été-9", 9)]
    [InlineData("1-0", 0)]
    [InlineData("--5", 5)]
    [InlineData("9007199254740992", 9007199254740992)]
    [InlineData("00000000000000000000000012", 12)]
    public void The_last_group_of_digits_counts(string text, long number)
    {
        Assert.Null(SequenceText.ReadText(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("", FailureReason.WrongType)]
    [InlineData("abc", FailureReason.WrongType)]
    [InlineData("12a", FailureReason.WrongType)]
    [InlineData("12 ", FailureReason.WrongType)]
    [InlineData("550e8400-e29b-41d4-a716-44665544000f", FailureReason.WrongType)]
    [InlineData("-5", FailureReason.OutOfRange)]
    [InlineData("9007199254740993", FailureReason.OutOfRange)]
    [InlineData("9223372036854775808", FailureReason.OutOfRange)]
    [InlineData("99999999999999999999999999999999", FailureReason.OutOfRange)]
    public void A_text_that_is_no_number_is_told_apart(string text, FailureReason reason) =>
        Assert.Equal(reason, SequenceText.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("12", 12)]
    [InlineData("12.0", 12)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E1", 15)]
    [InlineData("9007199254740992", 9007199254740992)]
    public void A_whole_number_counts_however_json_writes_it(string json, long number)
    {
        Assert.Null(SequenceText.ReadNumber(Encoding.UTF8.GetBytes(json), out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("1.5", FailureReason.WrongType)]
    [InlineData("-1", FailureReason.OutOfRange)]
    [InlineData("-0.5", FailureReason.OutOfRange)]
    [InlineData("1e300", FailureReason.OutOfRange)]
    [InlineData("1e999", FailureReason.OutOfRange)]
    [InlineData("9223372036854775808", FailureReason.OutOfRange)]
    [InlineData("9007199254740993", FailureReason.OutOfRange)]
    public void A_json_number_that_counts_nothing_is_told_apart(string json, FailureReason reason) =>
        Assert.Equal(reason, SequenceText.ReadNumber(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Any_bytes_give_a_number_within_the_range_or_a_reason() =>
        Gen.OneOf(Gen.Byte.Array[0, 30], Gen.Char["0123456789-+.:eE"].Array[0, 30].Select(c => Encoding.ASCII.GetBytes(c))).Sample(bytes =>
        {
            var reason = SequenceText.ReadText(bytes, out var number);
            Assert.True(reason is not null || number is >= 0 and <= SequenceText.Highest);
            reason = SequenceText.ReadNumber(bytes, out number);
            Assert.True(reason is not null || number is >= 0 and <= SequenceText.Highest);
        });
}
