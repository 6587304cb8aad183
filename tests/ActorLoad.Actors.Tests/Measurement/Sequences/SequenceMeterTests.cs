using ActorLoad.Actors.Measurement.Sequences;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

public sealed class SequenceMeterTests
{
    [Fact]
    public void Ids_are_counted_by_the_rules()
    {
        var stream = new Numbered().Ids(1, 2, 5, 3, 3, 6, 9);
        Assert.Equal((7, 3, 1, 1), stream.Counts);
        Assert.Empty(stream.Errors);
    }

    [Fact]
    public void A_window_in_which_a_hole_closes_carries_a_negative_difference()
    {
        var stream = new Numbered().Ids(1, 5);
        Assert.Equal(3, stream.Take().UserTypes[0].Counters[(int)Counter.EventsMissed]);
        var second = stream.Ids(2, 3).Take();
        Assert.Equal(-2, second.UserTypes[0].Counters[(int)Counter.EventsMissed]);
        Assert.Equal(-2, second.UserTypes[0].Streams.Single().Counters[(int)Counter.EventsMissed]);
        Assert.Equal((4, 1, 0, 2), stream.Counts);
        Assert.Equal(1, stream.Totals.UserTypes["reader"].Streams["main"][(int)Counter.EventsMissed]);
    }

    [Fact]
    public void An_event_without_an_id_line_has_no_number_and_is_no_duplicate()
    {
        var stream = new Numbered().Ids(1).Data("x", "y").Ids(2);
        Assert.Equal((2, 0, 0, 0), stream.Counts);
        Assert.Equal(["2 missing-field reader/main: sequence id is missing"], stream.Errors);
    }

    [Fact]
    public void A_heartbeat_without_a_number_is_no_error_and_one_with_a_number_counts()
    {
        var stream = new Numbered(heartbeat: "still here").Ids(1)
            .Send("event: Ping\ndata: x\n\n").Data("I am still here").Send(": comment\n\n")
            .Send("event: heartbeat\nid: 2\ndata: x\n\n").Ids(3);
        Assert.Equal((3, 0, 0, 0), stream.Counts);
        Assert.Empty(stream.Errors);
    }

    [Fact]
    public void An_id_that_was_sent_again_is_a_duplicate_and_one_without_data_is_no_event()
    {
        var stream = new Numbered().Ids(1).Send("id: 2\n\n").Ids(2, 2, "");
        Assert.Equal((3, 0, 1, 0), stream.Counts);
        Assert.Equal(["1 missing-field reader/main: sequence id is missing"], stream.Errors);
    }

    [Fact]
    public void A_json_field_may_be_a_number_or_a_text()
    {
        var stream = new Numbered("/a/seq").Data("""{"a":{"seq":1}}""", """{"a":{"seq":"2"}}""", """{"a":{"seq":"x-3"}}""", """{"a":{"seq":"1\u002d\u0035"}}""");
        Assert.Equal((4, 1, 0, 0), stream.Counts);
    }

    [Theory]
    [InlineData("""{"seq":"abc"}""", "wrong-type reader/main: sequence /seq is of the wrong type: 'abc'")]
    [InlineData("""{"seq":true}""", "wrong-type reader/main: sequence /seq is of the wrong type: 'true'")]
    [InlineData("""{"seq":[1]}""", "wrong-type reader/main: sequence /seq is of the wrong type: '['")]
    [InlineData("""{"seq":1.5}""", "wrong-type reader/main: sequence /seq is of the wrong type: '1.5'")]
    [InlineData("""{"seq":"\ud800 1"}""", "wrong-type reader/main: sequence /seq is of the wrong type: '\\ud800 1'")]
    [InlineData("""{"seq":-1}""", "out-of-range reader/main: sequence /seq is out of range: '-1'")]
    [InlineData("""{"seq":9223372036854775808}""", "out-of-range reader/main: sequence /seq is out of range: '9223372036854775808'")]
    [InlineData("""{"seq":9000000000000000}""", "out-of-range reader/main: sequence /seq is out of range: '9000000000000000'")]
    [InlineData("""{"seq":null}""", "missing-field reader/main: sequence /seq is missing: 'null'")]
    [InlineData("""{"sequence":2}""", "missing-field reader/main: sequence /seq is missing")]
    [InlineData("plain text", "not-json reader/main: the data is no JSON document")]
    [InlineData("""{"seq":""", "not-json reader/main: the data is no JSON document")]
    public void What_is_no_number_is_counted_with_a_sample_and_changes_nothing_else(string data, string error)
    {
        var stream = new Numbered("/seq").Data("""{"seq":1}""", data, """{"seq":2}""");
        Assert.Equal((2, 0, 0, 0), stream.Counts);
        Assert.Equal(["1 " + error], stream.Errors);
        Assert.Equal(3, stream.Meter.Events);
    }

    [Fact]
    public void Broken_data_is_one_error_and_no_obstacle_to_numbers_from_the_id()
    {
        var stream = new Numbered("id", sentAt: "/ts").Send("id: 1\ndata: {\n\n").Send("id: 3\ndata: {\n\n");
        Assert.Equal((2, 1, 0, 0), stream.Counts);
        Assert.Equal("2 not-json reader/main: the data is no JSON document", Assert.Single(stream.Errors));
    }

    [Fact]
    public void Publishers_that_share_a_stream_are_told_apart_by_their_key()
    {
        var stream = new Numbered("/n", "/from").Data(
            """{"from":"a","n":1}""", """{"from":"b","n":71}""", """{"n":2,"from":"a"}""", """{"from":17,"n":5}""",
            """{"from":"b","n":73}""", """{"from":"17","n":6}""", """{"from":true,"n":1}""", """{"from":null,"n":1}""",
            """{"from":"\u0061","n":3}""", """{"from":"b","n":73}""");
        Assert.Equal((10, 1, 1, 0), stream.Counts);
        Assert.Empty(stream.Errors);
    }

    [Fact]
    public void A_key_that_is_missing_or_no_scalar_leaves_the_event_unnumbered()
    {
        var stream = new Numbered("/n", "/from").Data("""{"n":1}""", """{"from":{},"n":1}""", $$"""{"from":"{{new string('x', 200)}}","n":1}""");
        Assert.Equal((0, 0, 0, 0), stream.Counts);
        Assert.Equal(
            [
                "1 missing-field reader/main: key /from is missing",
                "1 out-of-range reader/main: key /from is out of range: '" + new string('x', 60) + "…'",
                "1 wrong-type reader/main: key /from is of the wrong type: '{'",
            ],
            stream.Errors.Order());
    }

    [Fact]
    public void A_target_that_invents_keys_fills_their_number_once_and_known_keys_go_on()
    {
        var stream = new Numbered("/n", "/from");
        for (var i = 0; i < SequenceKeys.MaxKeys + 5; i++)
        {
            stream.Data($$"""{"from":{{i}},"n":1}""");
        }

        stream.Data("""{"from":3,"n":3}""");
        Assert.Equal((SequenceKeys.MaxKeys + 1, 1, 0, 0), stream.Counts);
        Assert.Equal("5 out-of-range reader/main: key /from is out of range: '1000'", Assert.Single(stream.Errors));
    }

    [Theory]
    [InlineData(true, 1, 1, 1)]
    [InlineData(false, 2, 0, 0)]
    public void Only_a_stream_that_resumes_remembers_what_came_before_a_reconnect(bool resume, long missed, long duplicated, long reordered)
    {
        var stream = new Numbered(resume: resume).Ids(1, 2, 5).Reconnect().Ids(4, 5, 6);
        Assert.Equal((6, missed, duplicated, reordered), stream.Counts);
    }

    [Fact]
    public void What_went_missing_since_a_mark_is_told_to_the_user()
    {
        var stream = new Numbered().Ids(1, 3);
        Assert.Equal(1, stream.Meter.MissedSinceMark);
        stream.Meter.MarkMissed();
        Assert.Equal(0, stream.Meter.MissedSinceMark);
        stream.Ids(2, 4);
        Assert.Equal(0, stream.Meter.MissedSinceMark);
        stream.Ids(7, 5);
        Assert.Equal(1, stream.Meter.MissedSinceMark);
        stream.Ids(6);
        Assert.Equal(0, stream.Meter.MissedSinceMark);
    }
}
