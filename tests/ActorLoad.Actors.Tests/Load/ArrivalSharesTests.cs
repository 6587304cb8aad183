using ActorLoad.Actors.Load;
using ActorLoad.Messages.Plan;
using CsCheck;

namespace ActorLoad.Actors.Tests.Load;

public sealed class ArrivalSharesTests
{
    private const int Workers = 3;

    private static readonly Gen<LoadPlan> Plans = Gen.Select(
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 200]).Array[1, 6], Gen.Int[0, 50],
        (stages, start) => LoadPlan.Open(stages.Select(s => (TimeSpan.FromSeconds(s.Item1), s.Item2 / 4.0)), start));

    // Every now and then the shares are dealt anew, some moves effective soon, others from a moment that is gone (a lost worker's).
    private static readonly Gen<(int Of, (int[] Owners, int At)[] Deals)> Moves = Gen.Int[1, 24].SelectMany(of =>
        Gen.Select(Gen.Int[0, Workers - 1].Array[of], Gen.Int[0, 1200]).Array[1, 6].Select(deals => (of, deals)));

    [Fact]
    public void Every_arrival_is_dealt_with_once_and_by_whose_it_was_when_it_was_due() =>
        Gen.Select(Plans, Moves, Gen.Int[0, 30]).Sample((plan, moves, ahead) =>
        {
            var rosters = new Rosters(moves.Of, Workers);
            var workers = Enumerable.Range(0, Workers).Select(_ => new ArrivalShares(plan, moves.Of)).ToArray();
            var dealt = new List<(long Id, int Worker)>();
            var expected = new int[plan.Arrivals];
            foreach (var (owners, at) in moves.Deals.OrderBy(d => d.At).Append((moves.Deals[0].Owners, 1300)))
            {
                var now = TimeSpan.FromMilliseconds(100 * at);
                StepAll(workers, now, dealt);
                var effective = rosters.Epoch == 0 ? TimeSpan.Zero : now + TimeSpan.FromMilliseconds(100 * ahead);
                var roster = rosters.Next(owners, effective);
                for (var id = plan.ArrivalsUntil(effective); id < expected.Length; id++)
                {
                    expected[id] = owners[id % moves.Of];
                }

                for (var w = 0; w < Workers; w++)
                {
                    workers[w].Assign(roster, Rosters.Worker(w));
                }
            }

            StepAll(workers, plan.Duration + TimeSpan.FromHours(1), dealt);
            Assert.Equal(expected.Select((w, id) => ((long)id, w)), dealt.Order());
        });

    [Fact]
    public void What_was_due_at_a_lost_worker_is_caught_up_with_and_dropped_when_it_is_overdue()
    {
        // Due at 0.05, 0.15, ...; the first worker has told of everything up to 3 s, its loss is noticed at 5 s.
        var plan = LoadPlan.Open([(TimeSpan.FromSeconds(10), 10)]);
        var rosters = new Rosters(2, 2);
        var (lost, heir) = (new ArrivalShares(plan, 2), new ArrivalShares(plan, 2));
        var first = rosters.Next([0, 1]);
        lost.Assign(first, Rosters.Worker(0));
        heir.Assign(first, Rosters.Worker(1));
        var (started, dropped) = (new List<long>(), new List<long>());
        for (var ms = 0; ms <= 5000; ms += 100)
        {
            Step(heir, ms, started, dropped);
        }

        Assert.Empty(dropped);
        Assert.All(started, id => Assert.Equal(1, id % 2));
        started.Clear();
        heir.Assign(rosters.Next([1, 1], TimeSpan.FromSeconds(5), from: TimeSpan.FromSeconds(3)), Rosters.Worker(1));
        Step(heir, 5000, started, dropped);
        Assert.Equal([30, 32, 34, 36, 38], dropped);
        Assert.Equal([40, 42, 44, 46, 48], started);
        Step(heir, 5200, started, dropped);
        Assert.Equal([50, 51], started[5..].Order());
    }

    [Fact]
    public void A_share_that_is_nobodys_any_more_ends_when_the_roster_takes_effect_and_then_nothing_is_left()
    {
        var plan = LoadPlan.Open([(TimeSpan.FromSeconds(10), 10)]);
        var rosters = new Rosters(1, 1);
        var shares = new ArrivalShares(plan, 1);
        Assert.True(shares.IsEmpty);
        shares.Assign(rosters.Next([0]), Rosters.Worker(0));
        var (started, dropped) = (new List<long>(), new List<long>());
        Step(shares, 900, started, dropped);
        shares.Assign(rosters.Next([-1], TimeSpan.FromSeconds(1.5)), Rosters.Worker(0));
        Assert.False(shares.IsEmpty);
        Step(shares, 1400, started, dropped);
        Assert.False(shares.IsEmpty);
        Step(shares, 2000, started, dropped);
        Assert.True(shares.IsEmpty);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => (long)i), started);
        Assert.Empty(dropped);
    }

    [Fact]
    public void Max_users_is_shared_out_as_the_arrivals_are_and_pooled_over_the_shares_of_a_worker()
    {
        // Seven users for four shares: 2, 2, 2, 1. Ten arrivals: 3, 3, 2, 2.
        var plan = LoadPlan.Open([(TimeSpan.FromSeconds(1), 10)], maxUsers: 7);
        var rosters = new Rosters(4, 2);
        var roster = rosters.Next([0, 1, 1, 1]);
        var (started, dropped) = (new List<long>[] { [], [] }, new List<long>[] { [], [] });
        for (var w = 0; w < 2; w++)
        {
            var shares = new ArrivalShares(plan, 4);
            shares.Assign(roster, Rosters.Worker(w));
            Step(shares, 1000, started[w], dropped[w]);
        }

        Assert.Equal([2, 5], started.Select(s => s.Count));
        Assert.Equal([1, 2], dropped.Select(d => d.Count));
    }

    [Fact]
    public void A_limit_of_starts_per_step_puts_the_rest_off_and_serves_all_shares_in_turn()
    {
        var plan = LoadPlan.Open([(TimeSpan.FromSeconds(1), 100)]);
        var shares = new ArrivalShares(plan, 10);
        shares.Assign(new Rosters(10, 1).Next(new int[10]), Rosters.Worker(0));
        var started = new List<long>();
        for (var i = 1; i <= 4; i++)
        {
            shares.Step(TimeSpan.FromSeconds(1), 0, 25, (id, _) => started.Add(id), _ => Assert.Fail("dropped"));
            Assert.Equal(25 * i, started.Count);
        }

        Assert.Equal(100, started.Distinct().Count());
        Assert.Equal([10, 10, 5], started.Take(25).GroupBy(id => id % 10).Select(g => g.Count()));
    }

    private static void Step(ArrivalShares shares, double milliseconds, List<long> started, List<long> dropped) =>
        shares.Step(TimeSpan.FromMilliseconds(milliseconds), started.Count, int.MaxValue, (id, _) => started.Add(id), dropped.Add);

    private static void StepAll(ArrivalShares[] workers, TimeSpan at, List<(long Id, int Worker)> dealt)
    {
        for (var w = 0; w < workers.Length; w++)
        {
            workers[w].Step(at, 0, int.MaxValue, (id, _) => dealt.Add((id, w)), id => dealt.Add((id, w)));
        }
    }
}
