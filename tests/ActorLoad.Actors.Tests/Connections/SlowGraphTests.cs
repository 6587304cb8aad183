using ActorLoad.Actors.Tests.Transport;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Transport.Pacing;
using ActorLoad.Messages.Scenarios;
using Akka.Streams;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>A graph with a pace, whose clock stands still until a test advances it. The scheduler that wakes the graph is the real one.</summary>
public sealed class SlowGraphTests() : ConnectionGraphSpec("")
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tenth_of_a_second_brings_a_tenth_of_the_rate(bool waitsForData)
    {
        var body = new FedStream();
        body.Feed(new string('x', 10_000));
        var seen = Run(body, new StreamSettings { ReadRate = 1000 }, out var kill, waitsForData);
        for (var step = 1; step <= 8; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await ReadAsync(seen, 100 * step);
        }

        Assert.All(seen.Reads, r => Assert.Equal(100, r.Count));
        kill.Shutdown();
        await seen.End;
        await body.Disposed.WaitAsync(Patience);
        Assert.Empty(body.Faults);
    }

    [Fact]
    public async Task What_waited_is_stamped_when_it_is_read()
    {
        var body = new FedStream();
        body.Feed("data: 1\n\n");
        var seen = Run(body, new StreamSettings { ReadRate = 10 }, out var kill);
        var before = TimeProvider.System.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await ReadAsync(seen, 1);

        Assert.InRange(seen.Reads[0].At, before, TimeProvider.System.GetTimestamp());
        kill.Shutdown();
        await seen.End;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task After_its_last_byte_it_stays_open_and_reads_nothing(int rate)
    {
        var body = new FedStream();
        var seen = Run(body, new StreamSettings { ReadRate = rate, StopReadingAfterBytes = 18 }, out var kill);
        body.Feed("data: 1\n\n");
        body.Feed("data: 2\n\n");
        body.Feed("data: 3\n\n");
        body.End();
        _time.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(seen, 18);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["event <1>", "event <2>"], seen.Records);
        Assert.Equal(0, seen.Ends);
        Assert.False(body.Disposed.IsCompleted);
        kill.Shutdown();
        Assert.Null(await seen.End);
        await body.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task When_its_time_is_over_it_reads_nothing_even_if_it_was_waiting()
    {
        var body = new FedStream();
        var seen = Run(body, new StreamSettings { StopReadingAfter = TimeSpan.FromSeconds(10) }, out var kill);
        body.Feed("data: 1\n\n");
        await ReadAsync(seen, 9);
        await AwaitConditionAsync(() => Task.FromResult(body.Waits > 0), Patience, TimeSpan.FromMilliseconds(5));
        _time.Advance(TimeSpan.FromSeconds(10));
        body.Feed("data: 2\n\n");
        kill.Shutdown();

        await seen.End;
        Assert.Equal(["event <1>"], seen.Records);
    }

    [Fact]
    public async Task It_can_be_ended_while_it_holds_back()
    {
        var body = new FedStream();
        body.Feed("data: 1\n\n");
        var seen = Run(body, new StreamSettings { ReadRate = 1 }, out var kill);
        kill.Shutdown();

        Assert.Null(await seen.End);
        await body.Disposed.WaitAsync(Patience);
        Assert.Empty(seen.Reads);
        Assert.Empty(body.Faults);
    }

    private FramingRecorder Run(FedStream body, StreamSettings settings, out IKillSwitch kill, bool waitsForData = true) => Run(
        new StreamResponse(body, "http://fake.test/", 0, 0, waitsForData),
        ReadPace.For(settings, _time, _time.GetTimestamp()),
        out kill);

    // The scheduler only wakes the graph; how much it may read is a matter of the pace's own clock.
    private async Task ReadAsync(FramingRecorder seen, int bytes)
    {
        await AwaitConditionAsync(
            () => Task.FromResult(seen.Reads.ToArray().Sum(r => r.Count) >= bytes), Patience, TimeSpan.FromMilliseconds(5));
        Assert.Equal(bytes, seen.Reads.ToArray().Sum(r => r.Count));
    }
}
