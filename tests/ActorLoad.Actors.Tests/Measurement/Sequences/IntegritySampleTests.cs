using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

public sealed class IntegritySampleTests
{
    [Fact]
    public void A_sample_names_user_stream_number_and_key()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var stream = new Numbered("/n", "/from", user: 42).Data("""{"from":"a","n":1}""", """{"from":"b","n":5}""", """{"from":"b","n":5}""");
        var sample = Assert.Single(stream.Take().Samples);
        Assert.Equal(new IntegritySample(IntegrityKind.Duplicated, "reader", 42, "main", "b", 5, sample.AtUnixMs), sample);
        Assert.InRange(sample.AtUnixMs, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Empty(stream.Take().Samples);
    }

    [Fact]
    public void An_overtaken_event_is_a_sample_of_reordered_and_not_of_missed()
    {
        var stream = new Numbered().Ids(1, 3).Later(500).Ids(2).Later(5000).Ids(4).Reconnect();
        Assert.Equal([(IntegrityKind.Reordered, 2L)], stream.Take().Samples.Select(s => (s.Kind, s.Sequence)));
    }

    [Fact]
    public void A_missed_event_is_told_when_it_has_not_come_for_a_second()
    {
        var stream = new Numbered().Ids(1, 5).Later(900).Ids(6);
        Assert.Empty(stream.Take().Samples);
        stream.Later(200).Ids(7);
        Assert.Equal([(IntegrityKind.Missed, 2L)], stream.Take().Samples.Select(s => (s.Kind, s.Sequence)));
    }

    [Fact]
    public void A_missed_event_is_told_at_the_end_of_its_connection()
    {
        var stream = new Numbered().Ids(1, 3);
        stream.Meter.OnClosed();
        Assert.Equal([(IntegrityKind.Missed, 2L)], stream.Take().Samples.Select(s => (s.Kind, s.Sequence)));
    }

    [Fact]
    public void A_run_keeps_the_first_twenty_of_each_kind()
    {
        var stream = new Numbered().Ids(1000).Ids(Enumerable.Range(0, 30).Select(n => (object)n));
        for (var i = 0; i < 30; i++)
        {
            stream.Ids(1002 + (2 * i)).Later(1001);
        }

        stream.Take();
        stream.Ids(0).Take();
        Assert.Equal(20, stream.Totals.Samples.Count(s => s.Kind == IntegrityKind.Duplicated));
        Assert.Equal(20, stream.Totals.Samples.Count(s => s.Kind == IntegrityKind.Missed));
        Assert.Equal(Enumerable.Range(0, 20).Select(n => (long)n), stream.Totals.Samples.Where(s => s.Kind == IntegrityKind.Duplicated).Select(s => s.Sequence));
    }
}
