using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class StormWatchTests
{
    private static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Epoch);
    private readonly StormWatch _watch;
    private readonly StatsTotals _totals = new();
    private int _windows;

    public StormWatchTests() => _watch = new StormWatch(_time);

    [Fact]
    public void A_client_storm_counts_what_it_cut_and_how_it_came_back()
    {
        var streams = Open(20);
        Wait(1000);
        _watch.Begin(0);
        Lose(streams[..10], storm: 0);
        Wait(500);
        Attempt(streams[..10]);
        Fail(streams[..2]);
        Wait(100);
        Back(streams[..8]);
        Take();
        Wait(900);
        Attempt(streams[8..9]);
        Back(streams[8..9]);

        var storm = Assert.Single(Take().Storms);
        Assert.Equal((StormCause.Client, 0, Epoch.ToUnixTimeMilliseconds() + 1000), (storm.Cause, storm.Number, storm.StartUnixMs));
        Assert.Equal((20, 10, 9, 11, 2), (storm.StreamsBefore, storm.Dropped, storm.Back.Total, storm.Attempts.Total, storm.Failures));
        Assert.Equal([600, 600, 1500], new[] { 1, 8, 9 }.Select(n => storm.Back.ValueOf(n)!.Value / 1000));
        Assert.Null(storm.Back.ValueOf(10));
    }

    [Fact]
    public void A_client_storm_that_met_nobody_is_told_of_once()
    {
        Open(3);
        _watch.Begin(0);
        Assert.Equal(0, Assert.Single(_watch.Take()).Dropped);
        Assert.Empty(_watch.Take());
    }

    [Fact]
    public void More_than_half_lost_within_two_seconds_is_a_storm_of_the_server()
    {
        var streams = Open(40);
        Lose(streams[..20]);
        Wait(1999);
        Assert.Empty(Take().Storms);
        Lose(streams[20..21]);
        Lose(streams[21..30]);

        var storm = Assert.Single(Take().Storms);
        Assert.Equal((StormCause.Server, 40, 30, Epoch.ToUnixTimeMilliseconds()), (storm.Cause, storm.StreamsBefore, storm.Dropped, storm.StartUnixMs));
    }

    [Fact]
    public void A_stream_that_is_cut_again_and_again_is_dropped_once()
    {
        var streams = Open(40);
        Wait(1000);
        for (var round = 0; round < 20; round++)
        {
            Lose(streams);
            Wait(300);
            Back(streams);
            Wait(700);
        }

        var storm = Assert.Single(Take().Storms);
        Assert.Equal((40, 40, 40), (storm.StreamsBefore, storm.Dropped, storm.Back.Total));
    }

    [Fact]
    public void Streams_that_are_cut_in_turn_all_the_time_are_one_storm()
    {
        var streams = Open(40);
        for (var round = 0; round < 200; round++)
        {
            var two = streams.Skip(round * 2 % 40).Take(2).ToArray();
            Wait(50);
            Lose(two);
            Wait(10);
            Back(two);
        }

        var storm = Assert.Single(Take().Storms);
        Assert.Equal((40, 40), (storm.StreamsBefore, storm.Dropped));
    }

    [Fact]
    public void A_second_storm_is_found_although_single_streams_are_lost_all_the_time()
    {
        var streams = Open(100);
        Lose(streams);
        Wait(500);
        Back(streams);
        for (var second = 0; second < 60; second++)
        {
            Wait(900);
            var one = streams[second..(second + 1)];
            Lose(one);
            Wait(100);
            Back(one);
        }

        Lose(streams);
        Assert.Equal([(100, 100), (100, 100)], Take().Storms.Select(s => ((int)s.StreamsBefore, (int)s.Dropped)));
    }

    [Fact]
    public void Streams_that_a_storm_spared_and_that_are_lost_one_by_one_later_are_no_part_of_it()
    {
        var streams = Open(200);
        Lose(streams[..120]);
        Wait(500);
        Back(streams[..120]);
        foreach (var one in streams[120..150].Chunk(1))
        {
            Wait(900);
            Lose(one);
            Wait(100);
            Back(one);
        }

        Lose(streams);
        var storms = Take().Storms;
        Assert.Equal(2, storms.Count);
        Assert.InRange(storms[0].Dropped, 120, 123);
        Assert.Equal(200, storms[1].Dropped);
    }

    [Fact]
    public void Losses_below_the_mass_right_after_a_storm_do_not_melt_the_next_one_into_it()
    {
        var streams = Open(100);
        Lose(streams);
        Wait(100);
        Back(streams);
        Wait(1300);
        Lose(streams[..30]);
        Wait(700);
        Lose(streams[30..]);
        Assert.Equal([100, 70], Take().Storms.Select(s => s.Dropped));
    }

    [Fact]
    public void A_stream_that_stays_away_keeps_no_list_of_all_its_attempts()
    {
        var streams = Open(40);
        Lose(streams[..1]);
        for (var i = 0; i < 1000; i++)
        {
            Wait(100);
            Attempt(streams[..1]);
        }

        Assert.InRange(streams[0].Loss!.Attempts.Count, 1, 40);
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(16, 9)]
    public void Half_of_the_streams_or_less_than_ten_are_no_storm(int open, int lost)
    {
        Lose(Open(open)[..lost]);
        Wait(10_000);
        Assert.Empty(Take().Storms);
    }

    [Fact]
    public void Losses_that_are_more_than_two_seconds_apart_do_not_add_up()
    {
        var streams = Open(40);
        foreach (var part in streams.Chunk(10))
        {
            Lose(part);
            Wait(2001);
            Back(part);
        }

        Assert.Empty(Take().Storms);
    }

    [Fact]
    public void What_came_back_before_it_was_known_to_be_a_storm_counts_too()
    {
        var streams = Open(20);
        Lose(streams[..5]);
        Wait(100);
        Attempt(streams[..5]);
        Fail(streams[..1]);
        Back(streams[..4]);
        Wait(900);
        Lose(streams[5..12]);

        var storm = Assert.Single(Take().Storms);
        Assert.Equal((20, 12, 4, 5, 1), (storm.StreamsBefore, storm.Dropped, storm.Back.Total, storm.Attempts.Total, storm.Failures));
        Assert.Equal(100, storm.Back.ValueOf(4)!.Value / 1000);
    }

    [Fact]
    public void A_stream_that_flaps_is_one_stream()
    {
        var streams = Open(20);
        for (var i = 0; i < 12; i++)
        {
            Lose(streams[..1]);
            Back(streams[..1]);
        }

        Assert.Empty(Take().Storms);
    }

    [Fact]
    public void Steps_and_streams_that_do_not_come_back_make_no_storm()
    {
        var streams = Open(20);
        foreach (var stream in streams)
        {
            _watch.OnLost(stream, null, bySelf: true, _time.GetTimestamp());
        }

        var finite = Open(30, comesBack: false);
        Lose(finite);
        Assert.Empty(Take().Storms);

        // Nor do they keep the others from being more than half.
        Open(100, comesBack: false);
        Lose(Open(12));
        Assert.Equal((12, 12), (Take().Storms[0].StreamsBefore, _totals.Storms[0].Dropped));
    }

    [Fact]
    public void Losses_go_on_in_the_same_storm_until_there_are_none_for_two_seconds()
    {
        var streams = Open(60);
        Lose(streams[..40]);
        Wait(1900);
        Lose(streams[40..50]);
        Wait(1900);
        Lose(streams[50..]);
        Assert.Equal(60, Assert.Single(Take().Storms).Dropped);

        Back(streams);
        Wait(2001);
        Lose(streams[..31]);
        Assert.Equal([60, 31], Take().Storms.Select(s => s.Dropped));
    }

    [Fact]
    public void A_few_strays_long_before_do_not_make_the_mass_look_slower()
    {
        var streams = Open(100);
        Lose(streams[..2]);
        Wait(1500);
        Lose(streams[2..]);
        var storm = Assert.Single(Take().Storms);
        Assert.Equal((98, 98, Epoch.ToUnixTimeMilliseconds() + 1500), (storm.StreamsBefore, storm.Dropped, storm.StartUnixMs));
    }

    [Fact]
    public void What_was_missed_and_replayed_is_the_difference_since_the_loss()
    {
        var streams = Open(20);
        foreach (var stream in streams)
        {
            (stream.EventsMissed, stream.EventsReplayed) = (100, 50);
        }

        _watch.Begin(0);
        Lose(streams[..10], storm: 0);
        streams[15].EventsMissed = 999;
        Wait(100);
        Back(streams[..10]);
        (streams[0].EventsMissed, streams[1].EventsReplayed) = (107, 53);
        Take();
        streams[0].EventsMissed = 105;
        Assert.Equal((5, 3), (Take().Storms[0].EventsMissed, _totals.Storms[0].EventsReplayed));

        // Ten seconds later it is no longer the storm's doing.
        Wait(10_000);
        Take();
        streams[0].EventsMissed = 500;
        Assert.Equal(5, Take().Storms[0].EventsMissed);
    }

    [Fact]
    public void What_a_stream_misses_after_it_was_lost_again_is_not_the_first_storms()
    {
        var streams = Open(20);
        _watch.Begin(0);
        Lose(streams, storm: 0);
        Back(streams);
        streams[0].EventsMissed = 3;
        _watch.Begin(1);
        Lose(streams, storm: 1);
        Back(streams);
        streams[0].EventsMissed = 10;
        Assert.Equal([3, 7], Take().Storms.Select(s => s.EventsMissed));
    }

    [Fact]
    public void Closed_streams_are_not_open_before()
    {
        var streams = Open(30);
        foreach (var stream in streams[20..])
        {
            _watch.OnClosed(stream);
        }

        Lose(streams[..11]);
        Assert.Equal(20, Assert.Single(Take().Storms).StreamsBefore);
    }

    private Stream[] Open(int count, bool comesBack = true)
    {
        Stream[] streams = [.. Enumerable.Range(0, count).Select(_ => new Stream { ComesBack = comesBack })];
        Back(streams);
        return streams;
    }

    private void Lose(IEnumerable<Stream> streams, int? storm = null)
    {
        foreach (var stream in streams)
        {
            _watch.OnLost(stream, storm, bySelf: storm is not null, _time.GetTimestamp());
        }
    }

    private void Attempt(IEnumerable<Stream> streams)
    {
        foreach (var stream in streams)
        {
            _watch.OnAttempt(stream);
        }
    }

    private void Fail(IEnumerable<Stream> streams)
    {
        foreach (var stream in streams)
        {
            _watch.OnConnectFailed(stream);
        }
    }

    private void Back(IEnumerable<Stream> streams)
    {
        foreach (var stream in streams)
        {
            _watch.OnOpened(stream, _time.GetTimestamp());
        }
    }

    private void Wait(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private StatsTotals Take()
    {
        var window = new StatsWindow(new RunId("run"), new WorkerId("w"), _windows++, 0, 1000, [0, 0], [0, 0], [], [], [])
        {
            Storms = _watch.Take(),
        };
        _totals.Add(window);
        return _totals;
    }

    private sealed class Stream : IStormStream
    {
        public bool ComesBack { get; init; }

        public long EventsMissed { get; set; }

        public long EventsReplayed { get; set; }

        public StormLoss? Loss { get; set; }

        public long OpenedAt { get; set; }
    }
}
