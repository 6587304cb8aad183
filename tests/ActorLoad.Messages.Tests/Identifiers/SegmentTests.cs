using ActorLoad.Messages.Identifiers;
using CsCheck;

namespace ActorLoad.Messages.Tests.Identifiers;

public sealed class SegmentTests
{
    /// <summary>Stripes of any width, cut anywhere into segments, and any number of users.</summary>
    private static readonly Gen<(Segment[] Segments, int Total)> Plans =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 39].Array[0, 8], Gen.Int[0, 500], (of, cuts, total) =>
        {
            int[] bounds = [0, .. cuts.Where(c => c < of).Distinct().Order(), of];
            return (bounds.Zip(bounds.Skip(1), (from, to) => new Segment(from, to, of)).ToArray(), total);
        });

    [Fact]
    public void Segments_that_cover_the_stripe_add_up_to_the_whole_exactly() => Plans.Sample(plan =>
    {
        var ids = plan.Segments.SelectMany(s => UserIds(s, plan.Total)).Order();
        Assert.Equal(Enumerable.Range(0, plan.Total).Select(i => (long)i), ids);
    });

    [Fact]
    public void A_segment_never_gives_a_user_back_while_the_plan_grows() => Plans.Sample(plan =>
    {
        foreach (var segment in plan.Segments)
        {
            var ids = UserIds(segment, plan.Total).ToList();
            Assert.Equal(ids.Order(), ids);
            Assert.All(ids, id => Assert.InRange(id % segment.Of, segment.From, segment.To - 1));
            Assert.InRange(segment.ShareOf(plan.Total + 1) - segment.ShareOf(plan.Total), 0, 1);
        }
    });

    [Fact]
    public void The_index_of_an_id_is_the_inverse_and_no_other_segment_has_one()
    {
        Segment[] parts = [new(0, 1, 6), new(1, 4, 6), new(4, 6, 6)];
        for (var id = 0L; id < 100; id++)
        {
            var owner = Assert.Single(parts, p => p.IndexOf(id) is not null);
            Assert.Equal(id, owner.UserIdAt(owner.IndexOf(id)!.Value));
        }
    }

    [Fact]
    public void The_whole_is_everybody()
    {
        Assert.Equal(10_000_000_000, Segment.Whole.ShareOf(10_000_000_000));
        Assert.Equal(123_456_789_012, Segment.Whole.UserIdAt(123_456_789_012));
        Assert.Equal("0-1:1", Segment.Whole.ToString());
    }

    [Theory]
    [InlineData(-1, 1, 2)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(0, 3, 2)]
    [InlineData(0, 0, 0)]
    public void Bounds_that_make_no_segment_are_refused(int from, int to, int of) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Segment(from, to, of));

    private static IEnumerable<long> UserIds(Segment segment, long total)
    {
        for (long n = 0; n < segment.ShareOf(total); n++)
        {
            yield return segment.UserIdAt(n);
        }
    }
}
