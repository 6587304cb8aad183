using ActorLoad.Actors.Load;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using CsCheck;

namespace ActorLoad.Actors.Tests.Load;

public sealed class ArrivalPacerTests
{
    private static readonly Gen<LoadPlan> Plans = Gen.Select(
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 200]).Array[1, 6], Gen.Int[0, 50],
        (stages, start) => LoadPlan.Open(stages.Select(s => (TimeSpan.FromSeconds(s.Item1), s.Item2 / 4.0)), start));

    private static readonly Gen<Segment[]> Parts = Gen.Int[1, 4].Array[1, 5].Select(widths =>
    {
        var of = widths.Sum();
        var from = 0;
        return widths.Select(w => new Segment(from, from += w, of)).ToArray();
    });

    [Fact]
    public void The_segments_add_up_to_the_plan_at_every_moment_and_no_id_arrives_twice() =>
        Gen.Select(Plans, Parts, Gen.Int[0, 130].Array[1, 20], Gen.Int[1, 3].Array[5]).Sample((plan, parts, moments, skips) =>
        {
            var arrived = new List<long>();
            var pacers = parts.Select(p => new ArrivalPacer(plan, p)).ToArray();
            var i = 0;
            foreach (var moment in moments.Order())
            {
                i++;
                var at = TimeSpan.FromSeconds(moment);
                for (var p = 0; p < pacers.Length; p++)
                {
                    // Each worker sleeps through ticks of its own; only at some moments all look at once.
                    if (i % 4 == 3 || i % skips[p] == 0)
                    {
                        Step(pacers[p], plan, at, (id, _) => arrived.Add(id), arrived.Add);
                    }
                }

                if (i % 4 == 3)
                {
                    var expected = plan.ArrivalsUntil(at);
                    Assert.Equal(expected, arrived.Count);
                    Assert.Equal(Enumerable.Range(0, (int)expected).Select(id => (long)id), arrived.Order());
                }
            }
        });

    [Fact]
    public void Every_arrival_comes_with_its_due_time_whenever_the_worker_looks() => Gen.Select(Plans, Parts).Sample((plan, parts) =>
    {
        foreach (var part in parts)
        {
            var pacer = new ArrivalPacer(plan, part);
            for (var ms = 0; ms <= plan.Duration.TotalMilliseconds; ms += 700)
            {
                var now = TimeSpan.FromMilliseconds(ms);
                Step(pacer, plan, now, (id, due) =>
                {
                    Assert.Equal(plan.ArrivalDueAt(id), due);
                    Assert.InRange(due, TimeSpan.FromMilliseconds(ms - 701), now);
                }, id => Assert.Fail($"{id} was dropped"));
            }
        }
    });

    [Fact]
    public void Beyond_the_room_there_is_arrivals_are_dropped_and_not_made_up_for()
    {
        var walk = new Walk(LoadPlan.Open([(TimeSpan.FromSeconds(10), 10)]), room: 3);
        walk.Step(0.5, present: 0);
        Assert.Equal(Ids(0, 3), walk.Started);
        Assert.Equal(Ids(3, 2), walk.Dropped);
        walk.Step(0.6, present: 3);
        walk.Step(0.8, present: 1);
        Assert.Equal([0, 1, 2, 6, 7], walk.Started);
        Assert.Equal(Ids(3, 3), walk.Dropped);
    }

    [Fact]
    public void What_is_overdue_by_more_than_a_second_is_dropped()
    {
        // Due at 0.05, 0.15, … 9.95; the worker sleeps until 3 s.
        var walk = new Walk(LoadPlan.Open([(TimeSpan.FromSeconds(10), 10)]));
        walk.Step(3, present: 0);
        Assert.Equal(Ids(20, 10), walk.Started);
        Assert.Equal(Ids(0, 20), walk.Dropped);
        walk.Step(10.9, present: 0);
        Assert.Equal(Ids(99, 1), walk.Started[10..]);
    }

    [Fact]
    public void A_limit_of_starts_per_step_puts_the_rest_off_to_the_next()
    {
        var walk = new Walk(LoadPlan.Open([(TimeSpan.FromSeconds(10), 10)]));
        Assert.False(walk.Step(0.99, present: 0, most: 4));
        Assert.Equal(Ids(0, 4), walk.Started);
        Assert.True(walk.Step(1, present: 4, most: 40));
        Assert.Equal(Ids(0, 10), walk.Started);
        Assert.Empty(walk.Dropped);
    }

    [Fact]
    public void Of_two_pacers_that_share_a_segment_over_time_each_has_the_arrivals_of_its_own_time() =>
        Gen.Select(Plans, Gen.Int[0, 130], Gen.Int[1, 5]).Sample((plan, seconds, of) =>
        {
            var handover = plan.ArrivalsUntil(TimeSpan.FromSeconds(seconds));
            var segment = new Segment(of - 1, of, of);
            var (before, after) = (new ArrivalPacer(plan, segment), new ArrivalPacer(plan, segment, handover));
            Assert.False(before.Ends);
            before.EndAt(handover);
            Assert.True(before.Ends);
            var (early, late) = (new List<long>(), new List<long>());
            Step(before, plan, plan.Duration, (id, _) => early.Add(id), early.Add);
            Step(after, plan, plan.Duration, (id, _) => late.Add(id), late.Add);
            Assert.True(before.HasEnded);
            Assert.All(early, id => Assert.True(id < handover));
            Assert.All(late, id => Assert.True(id >= handover));
            Assert.Equal(Enumerable.Range(0, (int)segment.ShareOf(plan.Arrivals)).Select(n => segment.UserIdAt(n)), early.Concat(late));
        });

    private static void Step(ArrivalPacer pacer, LoadPlan plan, TimeSpan at, Action<long, TimeSpan> start, Action<long> drop)
    {
        var (room, most) = (long.MaxValue, int.MaxValue);
        Assert.True(pacer.Step(plan.ArrivalsUntil(at), at, ref room, ref most, start, drop));
    }

    private static IEnumerable<long> Ids(int from, int count) => Enumerable.Range(from, count).Select(i => (long)i);

    private sealed class Walk(LoadPlan plan, int room = int.MaxValue)
    {
        private readonly ArrivalPacer _pacer = new(plan, Segment.Whole);

        public List<long> Started { get; } = [];

        public List<long> Dropped { get; } = [];

        public bool Step(double seconds, long present, int most = int.MaxValue)
        {
            var left = room - present;
            var (at, before) = (TimeSpan.FromSeconds(seconds), (Started.Count, left, most));
            var isDone = _pacer.Step(plan.ArrivalsUntil(at), at, ref left, ref most, (id, _) => Started.Add(id), Dropped.Add);
            Assert.Equal((Started.Count - before.Count, Started.Count - before.Count), (before.left - left, before.most - most));
            return isDone;
        }
    }
}
