using ActorLoad.Messages.Plan;
using CsCheck;

namespace ActorLoad.Messages.Tests.Plan;

public sealed class OpenPlanTests
{
    private static readonly Gen<LoadPlan> Plans = Gen.Select(
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 400], (s, rate) => (TimeSpan.FromSeconds(s), rate / 4.0)).Array[1, 6],
        Gen.Int[0, 100],
        Gen.Bool,
        (stages, start, has) => LoadPlan.Open(stages, has ? start : null));

    [Fact]
    public void The_first_stage_begins_at_its_own_rate() => Assert.Equal([0, 50, 500, 1500, 3000], Counts(Plan((60, 50)), 0, 1, 10, 30, 60));

    [Fact]
    public void A_start_rate_makes_a_line_of_the_first_stage()
    {
        // The area is 5 t²: 20 at 2 s, 125 at 5 s.
        var plan = LoadPlan.Open([(TimeSpan.FromSeconds(10), 100)], startRate: 0);
        Assert.Equal([20, 125, 500], Counts(plan, 2, 5, 10));
    }

    [Fact]
    public void Later_stages_are_lines_from_the_rate_before() =>
        Assert.Equal([100, 137, 150, 150, 175], Counts(Plan((10, 10), (10, 0), (5, 0), (0, 5), (5, 5)), 10, 15, 20, 25, 30));

    [Fact]
    public void Arrivals_are_half_a_user_off_at_most()
    {
        var plan = Plan((10, 0.3));
        Assert.Equal([0, 1, 1, 2, 3], Counts(plan, 1.66, 1.67, 4.99, 5.01, 10));
        Assert.Equal(TimeSpan.FromSeconds(5), plan.ArrivalDueAt(1));
        Assert.Null(plan.ArrivalDueAt(3));
    }

    [Fact]
    public void The_due_time_of_an_arrival_is_where_the_count_passes_it() => Gen.Select(Plans, Gen.Int[1, 60]).Sample((plan, cap) =>
    {
        plan = plan with { Cap = TimeSpan.FromSeconds(cap) };
        var all = plan.Arrivals;
        var last = TimeSpan.Zero;
        for (var i = 0L; i < all; i++)
        {
            var due = plan.ArrivalDueAt(i);
            Assert.NotNull(due);
            Assert.InRange(due.Value, last, plan.Duration);
            last = due.Value;

            // A due time is rounded to ticks; at a slow rate's foot a microsecond of area is a wider stretch of time.
            var slack = TimeSpan.FromMilliseconds(1);
            Assert.InRange(plan.ArrivalsUntil(due.Value - slack), 0, i);
            Assert.True(plan.ArrivalsUntil(due.Value + slack) > i || due.Value + slack >= plan.Duration);
        }

        Assert.Null(plan.ArrivalDueAt(all + 1));
    });

    [Fact]
    public void The_count_is_the_area_under_the_rate() => Plans.Sample(plan =>
    {
        // Summed in small steps, in the middle of each.
        var area = 0.0;
        for (var ms = 0; ms < plan.Duration.TotalMilliseconds; ms += 10)
        {
            var t = TimeSpan.FromMilliseconds(ms + 5);
            var stage = plan.Stages.First(s => t >= s.Start && t < s.End);
            area += (stage.From + ((stage.To - stage.From) * ((t - stage.Start) / stage.Duration))) * 0.01;
        }

        Assert.InRange(plan.Arrivals, area - 0.51, area + 0.51);
    });

    [Fact]
    public void Nobody_arrives_before_the_start_or_after_the_cap()
    {
        var plan = Plan((60, 50)) with { Cap = TimeSpan.FromSeconds(10) };
        Assert.Equal([0, 500, 500], Counts(plan, -1, 10, 3600));
        Assert.Equal(500, plan.Arrivals);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(5000, 3000)]
    public void At_most_max_users_or_all_arrivals_are_there_at_once(int most, int peak) =>
        Assert.Equal(peak, (Plan((60, 50)) with { MaxUsers = most }).PeakUsers);

    private static LoadPlan Plan(params (double Seconds, double Rate)[] stages) =>
        LoadPlan.Open(stages.Select(s => (TimeSpan.FromSeconds(s.Seconds), s.Rate)));

    private static IEnumerable<long> Counts(LoadPlan plan, params double[] seconds) =>
        seconds.Select(s => plan.ArrivalsUntil(TimeSpan.FromSeconds(s)));
}
