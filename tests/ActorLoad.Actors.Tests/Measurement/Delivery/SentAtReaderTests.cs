using System.Globalization;
using System.Text;
using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

public sealed class SentAtReaderTests
{
    private const SentAtFormat S = SentAtFormat.UnixS;
    private const SentAtFormat Ms = SentAtFormat.UnixMs;
    private const SentAtFormat Us = SentAtFormat.UnixUs;
    private const SentAtFormat Ns = SentAtFormat.UnixNs;
    private const SentAtFormat Iso = SentAtFormat.Iso8601;

    [Theory]
    [InlineData(S, "1772366400", 1772366400_000000, 1_000_000)]
    [InlineData(S, "1772366400.5", 1772366400_500000, 100_000)]
    [InlineData(S, "1772366400.123456789", 1772366400_123456, 0)]
    [InlineData(S, "1.7723664e9", 1772366400_000000, 1_000_000)]
    [InlineData(S, "1772366.4005e3", 1772366400_500000, 1_000_000)]
    [InlineData(Ms, "1772366400123", 1772366400_123000, 1000)]
    [InlineData(Ms, "1772366400123.456", 1772366400_123456, 0)]
    [InlineData(Ms, "1772366400123.4", 1772366400_123400, 100)]
    [InlineData(Us, "1772366400123456", 1772366400_123456, 0)]
    [InlineData(Us, "1772366400123456.7", 1772366400_123456, 0)]
    [InlineData(Ns, "1772366400123456789", 1772366400_123456, 0)]
    [InlineData(Iso, "2026-03-01T12:00:00Z", 1772366400_000000, 1_000_000)]
    [InlineData(Iso, "2026-03-01t12:00:00.5z", 1772366400_500000, 100_000)]
    [InlineData(Iso, "2026-03-01T12:00:00,123456789Z", 1772366400_123456, 0)]
    [InlineData(Iso, "2026-03-01 13:30:00+01:30", 1772366400_000000, 1_000_000)]
    [InlineData(Iso, "2026-03-01T07:00:00-0500", 1772366400_000000, 1_000_000)]
    [InlineData(Iso, "2026-03-01T07:00:00-05", 1772366400_000000, 1_000_000)]
    [InlineData(Iso, "2026-03-01T12:00:00", 1772366400_000000, 1_000_000)]
    [InlineData(Iso, "20260301T120000.250Z", 1772366400_250000, 1000)]
    [InlineData(Iso, "2026-03-01T12:00Z", 1772366400_000000, 60_000_000)]
    [InlineData(Iso, "2026-03-01T11:59:60Z", 1772366400_000000, 1_000_000)]
    [InlineData(Iso, "2028-02-29T00:00:00Z", 1835395200_000000, 1_000_000)]
    public void A_time_is_read_to_the_microsecond_and_tells_how_coarse_it_is(SentAtFormat format, string text, long us, long granularity)
    {
        Assert.Null(Read(text, format, format != Iso, out var sentAt));
        Assert.Equal(new SentAt(us, granularity), sentAt);
        if (format != Iso)
        {
            Assert.Null(Read(text, format, isNumber: false, out var fromText));
            Assert.Equal(sentAt, fromText);
        }
    }

    [Theory]
    [InlineData(Ms, "1772366400")] // seconds read as milliseconds: January 1970
    [InlineData(S, "1772366400123")] // milliseconds read as seconds: the year 58133
    [InlineData(Ms, "0")]
    [InlineData(Ms, "-1772366400123")]
    [InlineData(Ms, "-0.5")]
    [InlineData(Ms, "9223372036854775808")]
    [InlineData(S, "9223372036854775807")]
    [InlineData(Us, "18446744073709551616")]
    [InlineData(Ns, "9223372036854775808")]
    [InlineData(Ns, "-1")]
    [InlineData(Ms, "123456789012345678901234567890123456789012345678901234567890")]
    [InlineData(Ms, "1e400")]
    [InlineData(Ms, "1e-400")]
    [InlineData(Ms, "9999999999999.5e20")]
    [InlineData(Iso, "1970-01-01T00:00:00Z")]
    [InlineData(Iso, "9999-12-31T23:59:59Z")]
    [InlineData(Iso, "0001-01-01T00:00:00Z")]
    public void An_absurd_time_is_out_of_range(SentAtFormat format, string text) =>
        Assert.Equal(FailureReason.OutOfRange, Read(text, format, format != Iso, out _));

    [Theory]
    [InlineData(Ms, "")]
    [InlineData(Ms, "soon")]
    [InlineData(Ms, "1772366400123ms")]
    [InlineData(Ms, "1772366400123,5")]
    [InlineData(Ms, "-")]
    [InlineData(Ms, ".")]
    [InlineData(Ms, "0x19cb3a")]
    [InlineData(Ms, "2026-03-01T12:00:00Z")]
    [InlineData(Iso, "")]
    [InlineData(Iso, "2026-03-01")]
    [InlineData(Iso, "2026-02-30T12:00:00Z")]
    [InlineData(Iso, "2026-13-01T12:00:00Z")]
    [InlineData(Iso, "2026-03-01T24:00:00Z")]
    [InlineData(Iso, "2026-03-01T12:60:00Z")]
    [InlineData(Iso, "2026-03-01T12:00:61Z")]
    [InlineData(Iso, "2026-03-01T12:00:00+25:00")]
    [InlineData(Iso, "2026-03-01T12:00:00Z and more")]
    [InlineData(Iso, "2026-3-1T12:00:00Z")]
    [InlineData(Iso, "+026-03-01T12:00:00Z")]
    [InlineData(Iso, "2026-03-01T1")]
    [InlineData(Iso, "0000-03-01T12:00:00Z")]
    [InlineData(Iso, "1772366400123")]
    public void A_text_that_is_no_time_is_of_the_wrong_type(SentAtFormat format, string text) =>
        Assert.Equal(FailureReason.WrongType, Read(text, format, isNumber: false, out _));

    [Theory]
    [InlineData(Ms, "1772366400123", 1772366400_123000)]
    [InlineData(Ms, "1772366400123-0", 1772366400_123000)]
    [InlineData(Ms, "1772366400123:17", 1772366400_123000)]
    [InlineData(S, "1772366400:0", 1772366400_000000)]
    [InlineData(S, "1772366400.25-a-b", 1772366400_250000)]
    [InlineData(Iso, "2026-03-01T12:00:00Z-4", 1772366400_000000)]
    [InlineData(Iso, "2026-03-01T12:00:00Z:4", 1772366400_000000)]
    [InlineData(Iso, "2026-03-01T12:00:00-4", 1772366400_000000)]
    public void The_first_group_of_an_id_is_the_time(SentAtFormat format, string id, long us)
    {
        Assert.Null(SentAtReader.ReadId(Encoding.UTF8.GetBytes(id), format, out var sentAt));
        Assert.Equal(us, sentAt.UnixUs);
    }

    [Theory]
    [InlineData("-1772366400123", FailureReason.OutOfRange)]
    [InlineData("17", FailureReason.OutOfRange)]
    [InlineData("a-1772366400123", FailureReason.WrongType)]
    [InlineData(":1772366400123", FailureReason.WrongType)]
    [InlineData("-", FailureReason.WrongType)]
    [InlineData("", FailureReason.WrongType)]
    public void An_id_without_a_time_is_an_error(string id, FailureReason reason) =>
        Assert.Equal(reason, SentAtReader.ReadId(Encoding.UTF8.GetBytes(id), Ms, out _));

    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Gen.Select(Gen.Long[946_684_800_000_000, 7_258_118_399_999_999], Gen.Int[-14 * 60, 14 * 60]).Sample((us, zone) =>
        {
            var time = DateTimeOffset.UnixEpoch.AddMicroseconds(us).ToOffset(TimeSpan.FromMinutes(zone));
            AssertRead(S, string.Create(CultureInfo.InvariantCulture, $"{us / 1_000_000}.{us % 1_000_000:000000}"), us);
            AssertRead(Ms, string.Create(CultureInfo.InvariantCulture, $"{us / 1000}.{us % 1000:000}"), us);
            AssertRead(Ms, (us / 1000m).ToString("E20", CultureInfo.InvariantCulture), us);
            AssertRead(Us, us.ToString(CultureInfo.InvariantCulture), us);
            AssertRead(Ns, (us * 1000m).ToString("F0", CultureInfo.InvariantCulture), us);
            AssertRead(Iso, time.ToString("o", CultureInfo.InvariantCulture), us);
        });

    [Fact]
    public void No_bytes_break_it() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            foreach (var format in Enum.GetValues<SentAtFormat>())
            {
                SentAtReader.Read(bytes, format, isNumber: false, out _);
                SentAtReader.ReadId(bytes, format, out _);
            }
        });

    private static void AssertRead(SentAtFormat format, string text, long us)
    {
        // Nanoseconds since 1970 leave 64 bits in 2262, after the last time that is accepted.
        Assert.True(Read(text, format, isNumber: false, out var sentAt) is null, $"{format} {text}");
        Assert.Equal(us, sentAt.UnixUs);
    }

    private static FailureReason? Read(string text, SentAtFormat format, bool isNumber, out SentAt sentAt) =>
        SentAtReader.Read(Encoding.UTF8.GetBytes(text), format, isNumber, out sentAt);
}
