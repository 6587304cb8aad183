using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Messages.Tests.Stats;

public sealed class StormTotalsTests
{
    private const long Start = 1_900_000_000_000;

    [Fact]
    public void Differences_of_one_worker_add_up_and_what_was_open_before_does_not()
    {
        var totals = Sum(
            Window("a", 0, Storm(dropped: 10, attempts: [500, 510])),
            Window("a", 1, Storm(back: [600, 700], attempts: [590], failures: 1)),
            Window("a", 2, Storm(back: [1500], missed: -1, replayed: 7)),
            Window("a", 3, Storm(missed: 4)));
        var storm = Assert.Single(totals.Storms);
        Assert.Equal((100, 10, 1), (storm.StreamsBefore, storm.Dropped, storm.Failures));
        Assert.Equal((3, 3, 3, 7), (storm.Back.Total, storm.Attempts.Total, storm.EventsMissed, storm.EventsReplayed));
    }

    [Fact]
    public void A_client_storm_of_several_workers_is_one_by_its_number()
    {
        var totals = Sum(
            Window("a", 0, Storm(dropped: 1, before: 30)),
            Window("b", 0, Storm(dropped: 2, before: 40) with { StartUnixMs = Start + 9000 }),
            Window("b", 1, Storm(dropped: 4, before: 50, number: 1) with { StartUnixMs = Start + 9000 }));
        Assert.Equal([(0, 70L, 3L, Start), (1, 50L, 4L, Start + 9000)], totals.Storms.Select(s => (s.Number, s.StreamsBefore, s.Dropped, s.StartUnixMs)));
    }

    [Fact]
    public void A_workers_later_windows_belong_to_the_storm_that_its_first_one_joined()
    {
        // C draws the start down, away from B: what B tells later is still the same storm.
        var totals = Sum(
            Window("a", 0, Server(0, Start, dropped: 10)),
            Window("b", 0, Server(0, Start + 1900, dropped: 20)),
            Window("c", 0, Server(0, Start - 1900, dropped: 40)),
            Window("b", 1, Server(0, Start + 1900, dropped: 1)));
        Assert.Equal((71, Start - 1900), (Assert.Single(totals.Storms).Dropped, totals.Storms[0].StartUnixMs));
    }

    [Fact]
    public void Server_storms_are_one_when_they_began_within_two_seconds()
    {
        var totals = Sum(
            Window("a", 0, Server(7, Start + 500, dropped: 10)),
            Window("b", 0, Server(0, Start - 1000, dropped: 20)),
            Window("c", 0, Server(0, Start + 3000, dropped: 40)));
        Assert.Equal([(StormCause.Server, 200L, 30L, Start - 1000), (StormCause.Server, 100L, 40L, Start + 3000)],
            totals.Storms.Select(s => (s.Cause, s.StreamsBefore, s.Dropped, s.StartUnixMs)));
    }

    [Fact]
    public void Seconds_add_up_as_windows_do()
    {
        StatsWindow[] windows =
        [
            Window("a", 0, Storm(dropped: 5, back: [10]), Server(0, Start, dropped: 3)),
            Window("b", 0, Storm(dropped: 6, failures: 2)),
            Window("a", 1, Storm(back: [20, 30], replayed: 3)),
        ];
        var (whole, seconds) = (Sum(windows), new StatsTotals());
        seconds.Add(Sum(windows[..2]));
        seconds.Add(Sum(windows[2..]));
        Assert.Equal(
            whole.Storms.Select(s => (s.Cause, s.StreamsBefore, s.Dropped, s.Failures, s.EventsReplayed, s.Back.Total)),
            seconds.Storms.Select(s => (s.Cause, s.StreamsBefore, s.Dropped, s.Failures, s.EventsReplayed, s.Back.Total)));
        Assert.Equal((200, 11), (whole.Storms[0].StreamsBefore, whole.Storms[0].Dropped));
    }

    [Fact]
    public void The_value_of_a_count_is_where_it_was_reached()
    {
        var counts = Counts(1000, 3000, 3000, 9000);
        Assert.Equal([1000, 3000, 3000, 9000], Enumerable.Range(1, 4).Select(n => (long)Math.Round(counts.ValueOf(n)!.Value / 100.0) * 100));
        Assert.Null(counts.ValueOf(5));
        Assert.Null(new BucketCounts().ValueOf(1));
    }

    [Fact]
    public void The_most_within_a_stretch_slides()
    {
        var counts = Counts(0, 100_000, 900_000, 1_050_000, 1_950_000, 1_960_000);
        Assert.Equal(3, counts.MostWithin(1_000_000));
        Assert.Equal(2, counts.MostWithin(200_000));
        Assert.Equal(0, new BucketCounts().MostWithin(1000));
    }

    private static BucketCounts Counts(params long[] microseconds)
    {
        var counts = new BucketCounts();
        counts.Add(Encode(microseconds));
        return counts;
    }

    private static StormStats Storm(
        long dropped = 0, long before = 100, int number = 0, long[]? back = null, long[]? attempts = null, long failures = 0, long missed = 0, long replayed = 0) =>
        new(StormCause.Client, number, Start, before, dropped, Encode(back), Encode(attempts), failures, missed, replayed);

    private static StormStats Server(int number, long start, long dropped) =>
        Storm(dropped, number: number) with { Cause = StormCause.Server, StartUnixMs = start };

    private static byte[]? Encode(long[]? values)
    {
        if (values is null)
        {
            return null;
        }

        var histogram = HistogramCodec.Create();
        foreach (var value in values)
        {
            histogram.RecordValue(value);
        }

        return HistogramCodec.Encode(histogram);
    }

    private static StatsWindow Window(string worker, int number, params StormStats[] storms) =>
        new(new RunId("run"), new WorkerId(worker), number, Start, 1000, [0, 0], [0, 0], [], [], []) { Storms = storms };

    private static StatsTotals Sum(params StatsWindow[] windows)
    {
        var totals = new StatsTotals();
        foreach (var window in windows)
        {
            totals.Add(window);
        }

        return totals;
    }
}
