using ActorLoad.Actors.Load;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using CsCheck;

namespace ActorLoad.Actors.Tests.Load;

public sealed class UserPacerTests
{
    private static readonly Gen<LoadPlan> Plans =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 200]).Array[1, 6]
            .Select(stages => LoadPlan.Closed(stages.Select(s => (TimeSpan.FromSeconds(s.Item1), s.Item2))));

    // From, to and width of each worker's part: any cut of 0..of without holes.
    private static readonly Gen<Segment[]> Parts = Gen.Int[1, 4].Array[1, 5].Select(widths =>
    {
        var of = widths.Sum();
        var from = 0;
        return widths.Select(w => new Segment(from, from += w, of)).ToArray();
    });

    // Moments in tenths of a second, a little beyond the end of most plans.
    private static readonly Gen<int[]> Moments = Gen.Int[0, 1300].Array[1, 20].Select(m => m.Order().ToArray());

    [Fact]
    public void The_segments_add_up_to_the_plan_at_every_moment_and_no_id_runs_twice() =>
        Gen.Select(Plans, Parts, Moments, Gen.Int[1, 3].Array[5]).Sample((plan, parts, moments, skips) =>
        {
            var walkers = parts.Select(part => new Walker(plan, part)).ToArray();
            for (var i = 0; i < moments.Length; i++)
            {
                var at = TimeSpan.FromMilliseconds(100 * moments[i]);
                for (var w = 0; w < walkers.Length; w++)
                {
                    // Each worker sleeps through ticks of its own; only at some moments all look at once.
                    if (i % 4 == 3 || i % skips[w] == 0)
                    {
                        walkers[w].Step(at, int.MaxValue);
                    }
                }

                if (i % 4 == 3)
                {
                    var active = walkers.SelectMany(w => w.Active).Order();
                    Assert.Equal(Enumerable.Range(0, plan.TargetUsersAt(at)).Select(id => (long)id), active);
                    Assert.Equal(plan.TargetUsersAt(at), walkers.Sum(w => w.Pacer.Wanted));
                }
            }
        });

    [Fact]
    public void A_limit_of_changes_per_step_catches_up_later() =>
        Gen.Select(Plans, Parts, Moments, Gen.Int[1, 30]).Sample((plan, parts, moments, most) =>
        {
            var at = TimeSpan.Zero;
            var walkers = parts.Select(part => new Walker(plan, part)).ToArray();
            foreach (var moment in moments)
            {
                at = TimeSpan.FromMilliseconds(100 * moment);
                Assert.All(walkers, w => Assert.InRange(w.Step(at, most), 0, most));
            }

            // Nobody can be further off than all the users there are.
            for (var i = 0; i <= 200 / most; i++)
            {
                Assert.All(walkers, w => w.Step(at, most));
            }

            Assert.Equal(plan.TargetUsersAt(at), walkers.Sum(w => w.Pacer.Wanted));
        });

    [Fact]
    public void It_wants_exactly_the_users_that_it_started_and_did_not_stop() =>
        Gen.Select(Plans, Parts, Moments).Sample((plan, parts, moments) =>
        {
            foreach (var part in parts)
            {
                var walker = new Walker(plan, part);
                foreach (var moment in moments)
                {
                    walker.Step(TimeSpan.FromMilliseconds(100 * moment), 50);
                    var own = Enumerable.Range(0, 250).Select(n => part.UserIdAt(n));
                    Assert.Equal(walker.Active.Order(), own.Where(walker.Pacer.Wants));
                }
            }
        });

    [Fact]
    public void At_the_end_of_the_plan_nobody_is_wanted()
    {
        var walker = new Walker(LoadPlan.Closed([(TimeSpan.Zero, 10), (TimeSpan.FromSeconds(5), 10)]), Segment.Whole);
        Assert.Equal(10, walker.Step(TimeSpan.Zero, 500));
        Assert.Equal(0, walker.Step(TimeSpan.FromSeconds(4.999), 500));
        Assert.Equal(10, walker.Step(TimeSpan.FromSeconds(5), 500));
        Assert.Empty(walker.Active);
    }

    /// <summary>Walks a plan and checks at each change that users start in the order of ids and stop in the reverse order.</summary>
    private sealed class Walker(LoadPlan plan, Segment segment)
    {
        private readonly Stack<long> _active = [];

        public UserPacer Pacer { get; } = new(segment);

        public IEnumerable<long> Active => _active;

        public int Step(TimeSpan at, int most)
        {
            var changes = 0;
            var told = Pacer.Step(
                plan.TargetUsersAt(at),
                most,
                id =>
                {
                    changes++;
                    Assert.Equal(segment.UserIdAt(_active.Count), id);
                    Assert.True(_active.Count == 0 || id > _active.Peek());
                    _active.Push(id);
                },
                id =>
                {
                    changes++;
                    Assert.Equal(_active.Pop(), id);
                });
            Assert.Equal(changes, told);
            return changes;
        }
    }
}
