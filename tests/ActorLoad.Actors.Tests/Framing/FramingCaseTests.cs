using ActorLoad.TestServer.Framing;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>The shared table of byte-level cases, each whole, cut at every position and pair of positions, and byte by byte.</summary>
public sealed class FramingCaseTests
{
    public static TheoryData<string> Names => [.. FramingCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_decodes_as_the_table_says_however_it_is_split(string name)
    {
        var framingCase = FramingCases.All.Single(c => c.Name == name);
        var whole = Decoding.Whole(framingCase.Bytes);

        Assert.Equal(framingCase.Expected.Select(Expected), whole.Where(IsInTheTable).Select(WithDefaultType));
        Decoding.AssertSameHoweverSplit(framingCase.Bytes, whole);
    }

    [Fact]
    public void The_naive_reference_agrees_with_the_table() =>
        Assert.All(FramingCases.All, c => Assert.Equal(
            c.Expected.Select(Expected), ReferenceDecoder.Decode(c.Bytes, "").Where(IsInTheTable).Select(WithDefaultType)));

    private static string Expected(FramingExpectation expectation) => expectation switch
    {
        FramingExpectation.Event e => Seen.Event(e.Data, e.Type, e.LastEventId),
        FramingExpectation.Comment c => Seen.Comment(c.Text),
        FramingExpectation.Retry r => Seen.Retry(r.Milliseconds),
        _ => throw new ArgumentOutOfRangeException(nameof(expectation)),
    };

    // The table tells of a last event id only by the events that carry it.
    private static bool IsInTheTable(string record) => !record.StartsWith("id ", StringComparison.Ordinal);

    private static string WithDefaultType(string record) =>
        record.StartsWith("event type=<> ", StringComparison.Ordinal) ? record.Replace("event type=<>", "event type=<message>", StringComparison.Ordinal) : record;
}
