using ActorLoad.Actors.Load;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Actors.Tests.Load;

public sealed class UserPlacesTests
{
    private static readonly Gen<Segment[]> Parts = Gen.Int[1, 4].Array[1, 4].Select(widths =>
    {
        var of = widths.Sum();
        var from = 0;
        return widths.Select(w => new Segment(from, from += w, of)).ToArray();
    });

    [Fact]
    public void Whoever_leaves_by_itself_is_replaced_by_a_new_user_of_its_type_that_nobody_else_has() =>
        Gen.Select(Parts, Gen.Int[1, 5].Array[1, 3], Gen.Int[1, 40], Gen.Int[0, 1000].Array[0, 60]).Sample((parts, weights, users, leavers) =>
        {
            var plan = LoadPlan.Closed([(TimeSpan.Zero, users), (TimeSpan.FromSeconds(10), users)]);
            UserType[] types = [.. weights.Select((w, i) => Type($"t{i}", w, iterations: 1))];
            var pattern = new UserTypePattern(types);
            var everybody = new List<long>();
            foreach (var part in parts)
            {
                var places = new UserPlaces(plan, part, types, pattern);
                var pacer = new UserPacer(part, places);
                var active = new List<long>();
                pacer.Step(users, int.MaxValue, active.Add, _ => { });
                everybody.AddRange(active);
                foreach (var leaver in leavers.Where(_ => active.Count > 0))
                {
                    var at = leaver % active.Count;
                    var old = active[at];
                    var successor = pacer.Replace(old);
                    Assert.NotNull(successor);
                    Assert.True(successor >= users);
                    Assert.NotNull(part.IndexOf(successor.Value));
                    Assert.Equal(pattern.TypeOf(old), pattern.TypeOf(successor.Value));
                    Assert.False(pacer.Wants(old));
                    Assert.True(pacer.Wants(successor.Value));
                    Assert.Null(pacer.Replace(old));
                    active[at] = successor.Value;
                    everybody.Add(successor.Value);
                }

                // The plan takes away who stands there now, not who stood there once.
                var stopped = new List<long>();
                pacer.Step(0, int.MaxValue, _ => { }, stopped.Add);
                Assert.Equal(active.Order(), stopped.Order());
            }

            Assert.Equal(everybody.Count, everybody.Distinct().Count());
        });

    [Fact]
    public void Nobody_is_replaced_where_the_plan_wants_nobody()
    {
        var plan = LoadPlan.Closed([(TimeSpan.Zero, 2), (TimeSpan.FromSeconds(1), 2), (TimeSpan.Zero, 1), (TimeSpan.FromSeconds(1), 1)]);
        var (pacer, started, stopped) = Walk(plan, iterations: 1);
        pacer.Step(plan.TargetUsersAt(TimeSpan.Zero), 500, started.Add, stopped.Add);
        pacer.Step(plan.TargetUsersAt(TimeSpan.FromSeconds(1.5)), 500, started.Add, stopped.Add);
        Assert.Equal([0, 1], started);
        Assert.Equal([1], stopped);
        Assert.Null(pacer.Replace(1));
        Assert.Equal(2, pacer.Replace(0));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void A_place_that_is_wanted_again_gets_its_old_user_unless_that_may_have_left_by_itself(int iterations, long expected)
    {
        var plan = LoadPlan.Closed(
            [(TimeSpan.Zero, 2), (TimeSpan.FromSeconds(1), 2), (TimeSpan.Zero, 1), (TimeSpan.FromSeconds(1), 1), (TimeSpan.Zero, 2), (TimeSpan.FromSeconds(1), 2)]);
        var (pacer, started, stopped) = Walk(plan, iterations);
        foreach (var at in new[] { 0, 1.5, 2.5 })
        {
            pacer.Step(plan.TargetUsersAt(TimeSpan.FromSeconds(at)), 500, started.Add, stopped.Add);
        }

        Assert.Equal([0, 1, expected], started);
        Assert.True(pacer.Wants(expected));
    }

    private static (UserPacer Pacer, List<long> Started, List<long> Stopped) Walk(LoadPlan plan, int iterations)
    {
        UserType[] types = [Type("reader", 1, iterations)];
        return (new UserPacer(Segment.Whole, new UserPlaces(plan, Segment.Whole, types, new UserTypePattern(types))), [], []);
    }

    private static UserType Type(string name, int weight, int iterations) =>
        new() { Name = name, Weight = weight, Iterations = iterations, Tasks = [new TaskDefinition("t", 1, [])] };
}
