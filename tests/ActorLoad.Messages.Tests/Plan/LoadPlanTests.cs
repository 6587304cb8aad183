using ActorLoad.Messages.Plan;
using CsCheck;

namespace ActorLoad.Messages.Tests.Plan;

public sealed class LoadPlanTests
{
    private static readonly Gen<LoadPlan> Plans =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 1000], (s, users) => (TimeSpan.FromSeconds(s), users)).Array[1, 6].Select(LoadPlan.Closed);

    [Fact]
    public void A_stage_is_a_straight_line_from_the_level_before_it()
    {
        var plan = Plan((10, 100), (10, 100), (5, 0));
        Assert.Equal([0, 50, 99, 100, 100, 60], Targets(plan, 0, 5, 9.9, 10, 15, 22));
        Assert.Equal((25.0, 100), (plan.Duration.TotalSeconds, plan.PeakUsers));
    }

    [Fact]
    public void Nobody_is_there_before_the_plan_and_from_its_end_on() =>
        Assert.Equal([0, 7, 0, 0], Targets(Plan((0, 7), (10, 7)), -0.001, 9.999, 10, 1000));

    [Fact]
    public void A_stage_of_no_length_jumps() => Assert.Equal([50, 50, 99, 20], Targets(Plan((0, 50), (5, 50), (5, 100), (0, 20), (5, 20)), 0, 5, 9.9, 10));

    [Fact]
    public void A_peak_before_a_jump_down_counts() => Assert.Equal(100, Plan((10, 100), (0, 20), (5, 20)).PeakUsers);

    [Fact]
    public void A_jump_at_the_very_end_never_happens() => Assert.Equal(10, Plan((10, 10), (0, 500)).PeakUsers);

    [Fact]
    public void A_jump_after_a_jump_leaves_no_peak_behind() => Assert.Equal(20, Plan((0, 500), (0, 20), (5, 20)).PeakUsers);

    [Fact]
    public void The_cap_cuts_the_plan_and_its_peak()
    {
        var plan = Plan((10, 100), (10, 300)) with { Cap = TimeSpan.FromSeconds(5) };
        Assert.Equal((5.0, 50), (plan.Duration.TotalSeconds, plan.PeakUsers));
        Assert.Equal([40, 0], Targets(plan, 4, 5));
        Assert.Equal(20.0, (plan with { Cap = TimeSpan.FromHours(1) }).Duration.TotalSeconds);
    }

    [Fact]
    public void The_peak_is_the_highest_target_at_any_time() => Gen.Select(Plans, Gen.Int[1, 60]).Sample((plan, cap) =>
    {
        plan = plan with { Cap = TimeSpan.FromSeconds(cap) };

        // A plan of straight lines is highest where a line begins or, a tick before the next may jump, ends.
        var corners = plan.Stages.SelectMany(s => new[] { s.Start, s.End - TimeSpan.FromTicks(1) })
            .Append(plan.Duration - TimeSpan.FromTicks(1));
        var highest = corners.Concat(Enumerable.Range(0, 200).Select(i => plan.Duration * i / 200)).Max(plan.TargetUsersAt);

        // A tick before its end a line may round to one user less.
        Assert.InRange(highest, plan.PeakUsers - 1, plan.PeakUsers);
    });

    [Fact]
    public void Scaling_keeps_the_shape_and_sets_the_peak() => Gen.Select(Plans, Gen.Int[1, 10_000]).Sample((plan, users) =>
    {
        var scaled = plan.ScaledTo(users);
        if (plan.PeakUsers == 0)
        {
            Assert.Same(plan, scaled);
            return;
        }

        Assert.Equal((users, plan.Duration), (scaled.PeakUsers, scaled.Duration));
        for (var at = TimeSpan.Zero; at < plan.Duration; at += TimeSpan.FromMilliseconds(700))
        {
            var factor = (double)users / plan.PeakUsers;
            var expected = plan.TargetUsersAt(at) * factor;
            Assert.InRange(scaled.TargetUsersAt(at), expected - (factor / 2) - 1, expected + (factor / 2) + 1);
        }
    });

    private static LoadPlan Plan(params (double Seconds, int Users)[] stages) =>
        LoadPlan.Closed(stages.Select(s => (TimeSpan.FromSeconds(s.Seconds), s.Users)));

    private static int[] Targets(LoadPlan plan, params double[] seconds) =>
        [.. seconds.Select(s => plan.TargetUsersAt(TimeSpan.FromSeconds(s)))];
}
