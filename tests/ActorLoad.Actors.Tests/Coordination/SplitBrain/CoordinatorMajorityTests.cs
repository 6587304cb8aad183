using ActorLoad.Actors.Coordination.SplitBrain;
using CsCheck;

namespace ActorLoad.Actors.Tests.Coordination.SplitBrain;

public sealed class CoordinatorMajorityTests
{
    /// <summary>C and W are a coordinator and a worker that are in, c and w ones that join, E and X ones that exit, D is one that is down.</summary>
    [Theory]
    [InlineData("C", "", nameof(SplitVerdict.Whole))]
    [InlineData("CWW", "D", nameof(SplitVerdict.Whole))]
    [InlineData("C", "W", nameof(SplitVerdict.Survive))]
    [InlineData("C", "WWW", nameof(SplitVerdict.Survive))]
    [InlineData("WWW", "C", nameof(SplitVerdict.End))]
    [InlineData("CC", "C", nameof(SplitVerdict.Survive))]
    [InlineData("C", "CC", nameof(SplitVerdict.End))]
    [InlineData("CWWW", "CC", nameof(SplitVerdict.End))]
    [InlineData("CC", "CWWW", nameof(SplitVerdict.Survive))]
    [InlineData("WWW", "CCC", nameof(SplitVerdict.End))]

    // One coordinator of two dies: the workers are with the other.
    [InlineData("CW", "C", nameof(SplitVerdict.Survive))]
    [InlineData("C", "CW", nameof(SplitVerdict.End))]
    [InlineData("CWW", "CW", nameof(SplitVerdict.Survive))]
    [InlineData("CW", "CWW", nameof(SplitVerdict.End))]

    // As many of both: the lowest address, and addresses ascend from left to right.
    [InlineData("CW", "CW", nameof(SplitVerdict.Survive))]
    [InlineData("C", "C", nameof(SplitVerdict.Survive))]

    // Workers alone, whose coordinator has left in good order.
    [InlineData("WW", "W", nameof(SplitVerdict.Survive))]
    [InlineData("W", "WW", nameof(SplitVerdict.End))]

    // Who comes or goes counts for the other side only: there it may be in already, or in still.
    [InlineData("CWw", "CW", nameof(SplitVerdict.Survive))]
    [InlineData("CWw", "CWW", nameof(SplitVerdict.End))]
    [InlineData("CW", "CWw", nameof(SplitVerdict.End))]
    [InlineData("Cc", "C", nameof(SplitVerdict.Survive))]
    [InlineData("CW", "Cc", nameof(SplitVerdict.End))]
    [InlineData("CEW", "C", nameof(SplitVerdict.Survive))]
    [InlineData("EWW", "C", nameof(SplitVerdict.End))]
    [InlineData("CWW", "E", nameof(SplitVerdict.Survive))]
    public void The_side_with_more_coordinators_goes_on_then_the_larger_one(string here, string there, string verdict) =>
        Assert.Equal(verdict, CoordinatorMajority.Decide(Members(here, there)).ToString());

    [Fact]
    public void Of_two_equal_sides_the_one_with_the_lowest_address_goes_on()
    {
        var members = Members("CW", "CW");
        Assert.Equal(SplitVerdict.Survive, CoordinatorMajority.Decide(members));
        Assert.Equal(SplitVerdict.End, CoordinatorMajority.Decide(SeenByTheOther(members)));
    }

    /// <summary>Each side may have the members' stages as they were one step earlier or later than the other side has them.</summary>
    [Fact]
    public void Never_do_two_sides_go_on() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2]).Array[1, 9].Sample(
            nodes =>
            {
                var first = nodes.Select((n, i) => Member(i, n.Item1, n.Item2, n.Item3)).ToArray();
                var second = nodes.Select((n, i) => Member(i, n.Item1, !n.Item2, Behind(n.Item3, n.Item4))).ToArray();
                var verdicts = new[] { CoordinatorMajority.Decide(first), CoordinatorMajority.Decide(second) };
                Assert.True(verdicts.Count(v => v == SplitVerdict.Survive) < 2 || first.All(m => m.IsReachable == first[0].IsReachable), string.Join(", ", verdicts));
            },
            iter: 20_000);

    [Fact]
    public void When_everybody_is_in_one_side_goes_on() =>
        Gen.Select(Gen.Bool, Gen.Bool).Array[2, 9].Where(n => n.Select(m => m.Item2).Distinct().Count() == 2).Sample(
            nodes =>
            {
                var members = nodes.Select((n, i) => Member(i, n.Item1, n.Item2, 1)).ToArray();
                Assert.NotEqual(CoordinatorMajority.Decide(members), CoordinatorMajority.Decide(SeenByTheOther(members)));
            },
            iter: 5_000);

    // The stage as the other side may know it: as it is, or one step away.
    private static int Behind(int stage, int how) => how == 0 ? stage : Math.Clamp(stage + (how == 1 ? -1 : 1), 0, 2);

    private static SplitMember Member(int i, bool coordinator, bool reachable, int stage) =>
        new($"10.0.0.{i}:8110", i, (MemberStage)stage, coordinator, reachable);

    private static SplitMember[] SeenByTheOther(IEnumerable<SplitMember> members) => [.. members.Select(m => m with { IsReachable = !m.IsReachable })];

    private static SplitMember[] Members(string here, string there) =>
        [.. (here + there).Select((c, i) => new SplitMember($"10.0.0.{i}:8110", i, Stage(c), "CcE".Contains(c, StringComparison.Ordinal), i < here.Length))];

    private static MemberStage Stage(char c) => c switch
    {
        'C' or 'W' => MemberStage.In,
        'c' or 'w' => MemberStage.Coming,
        'E' or 'X' => MemberStage.Going,
        _ => MemberStage.Down,
    };
}
