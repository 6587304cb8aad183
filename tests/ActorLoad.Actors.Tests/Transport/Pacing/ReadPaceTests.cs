using ActorLoad.Actors.Transport.Pacing;
using ActorLoad.Messages.Scenarios;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Transport.Pacing;

public sealed class ReadPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Without_a_limit_there_is_no_pace() => Assert.Null(ReadPace.For(new StreamSettings(), _time, 0));

    [Fact]
    public void However_it_is_asked_no_time_sees_more_than_its_share() =>
        Gen.Select(Gen.Int[1, 200_000], Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 20_000]).Array[1, 200]).Sample((rate, moves) =>
        {
            var time = new FakeTimeProvider();
            var pace = Of(new StreamSettings { ReadRate = rate }, time);
            var opened = time.GetTimestamp();
            var reads = new List<(double At, int Count)>();
            foreach (var (milliseconds, offered) in moves)
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                var grant = pace.Next();
                Assert.True(grant.Count > 0 != grant.Wait > TimeSpan.Zero, $"{grant}");
                var count = Math.Min(grant.Count, offered);
                pace.Took(count);
                reads.Add((time.GetElapsedTime(opened).TotalSeconds, count));
            }

            for (var i = 0; i < reads.Count; i++)
            {
                long sum = 0;
                for (var j = i; j < reads.Count; j++)
                {
                    sum += reads[j].Count;
                    Assert.True(sum <= (rate * (reads[j].At - reads[i].At)) + Math.Max(2, rate * 0.2) + 1e-6, $"{sum} bytes from {reads[i].At} s to {reads[j].At} s");
                }
            }

            Assert.True(reads.Sum(r => (long)r.Count) <= (rate * reads[^1].At) + 1e-6);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2048)]
    [InlineData(1_000_000)]
    [InlineData(100_000_000)]
    public void Who_waits_as_told_gets_the_whole_rate(int rate)
    {
        var pace = Of(new StreamSettings { ReadRate = rate }, _time);
        var opened = _time.GetTimestamp();
        long sum = 0;
        for (var asked = 0; _time.GetElapsedTime(opened) < TimeSpan.FromSeconds(30) && asked < 300_000; asked++)
        {
            var grant = pace.Next();
            sum += grant.Count;
            pace.Took(grant.Count);

            // As coarse as a real timer.
            _time.Advance(grant.Count > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(grant.Wait.TotalMilliseconds)));
        }

        var most = rate * _time.GetElapsedTime(opened).TotalSeconds;
        Assert.InRange(sum, (0.97 * most) - 2, most);
    }

    [Fact]
    public void So_many_bytes_and_no_more()
    {
        var pace = Of(new StreamSettings { StopReadingAfterBytes = 20_000 }, _time);
        Assert.Equal(16_384, pace.Next().Count);
        pace.Took(15_000);
        Assert.Equal(5_000, pace.Next().Count);
        pace.Took(5_000);

        Assert.True(pace.Next().IsOver);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(pace.Next().IsOver);
        Assert.Equal(long.MaxValue, pace.ReadySince);
    }

    [Fact]
    public void So_long_and_no_longer()
    {
        var pace = Of(new StreamSettings { StopReadingAfter = TimeSpan.FromSeconds(10) }, _time);
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal(16_384, pace.Next().Count);
        Assert.NotEqual(long.MaxValue, pace.ReadySince);
        _time.Advance(TimeSpan.FromSeconds(0.001));

        // Even before it is asked: a stall check comes from elsewhere.
        Assert.Equal(long.MaxValue, pace.ReadySince);
        Assert.True(pace.Next().IsOver);
    }

    [Fact]
    public void While_it_holds_back_nobody_else_is_silent()
    {
        var pace = Of(new StreamSettings { ReadRate = 100 }, _time);
        Assert.Equal(TimeSpan.FromSeconds(0.1), pace.Next().Wait);
        Assert.Equal(long.MaxValue, pace.ReadySince);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(10, pace.Next().Count);
        Assert.Equal(_time.GetTimestamp(), pace.ReadySince);

        var since = pace.ReadySince;
        _time.Advance(TimeSpan.FromSeconds(5));
        pace.Next();
        Assert.Equal(since, pace.ReadySince);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 0, 4096)]
    [InlineData(2048, 0, 0, 4096)]
    [InlineData(100_000, 0, 0, 25_000)]
    [InlineData(10_000_000, 0, 0, 0)]
    [InlineData(0, 1, 0, 4096)]
    [InlineData(0, 0, 1, 4096)]
    [InlineData(100_000, 1, 0, 25_000)]
    public void The_receive_buffer_holds_a_quarter_of_a_second(int rate, int stopSeconds, long stopBytes, int expected) => Assert.Equal(
        expected,
        ReadPace.ReceiveBufferFor(new StreamSettings
        {
            ReadRate = rate, StopReadingAfter = TimeSpan.FromSeconds(stopSeconds), StopReadingAfterBytes = stopBytes,
        }));

    private static ReadPace Of(StreamSettings settings, TimeProvider time) => ReadPace.For(settings, time, time.GetTimestamp())!;
}
