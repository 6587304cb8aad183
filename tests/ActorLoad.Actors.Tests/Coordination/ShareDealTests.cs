using ActorLoad.Actors.Coordination.Shares;
using CsCheck;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class ShareDealTests
{
    private static readonly Gen<int[]> Limits = Gen.OneOf(Gen.Int[0, 200], Gen.Const(int.MaxValue)).Array[1, 12];

    // Who has which of 0..of-1, and which are with nobody.
    private static readonly Gen<(int[][] Owned, int[] Free, int[] Limits)> Owners =
        Gen.Select(Gen.Int[1, 10], Gen.Int[1, 300]).SelectMany((workers, of) =>
            Gen.Select(Gen.Int[-1, workers - 1].Array[of], Gen.OneOf(Gen.Int[0, 100], Gen.Const(int.MaxValue)).Array[workers]).Select((owner, limits) =>
            {
                var owned = Enumerable.Range(0, workers).Select(w => Enumerable.Range(0, of).Where(s => owner[s] == w).ToArray()).ToArray();
                return (owned, Enumerable.Range(0, of).Where(s => owner[s] < 0).ToArray(), limits);
            }));

    public static TheoryData<int> Workers => [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Every_share_is_dealt_once_and_as_equally_as_the_limits_allow() =>
        Gen.Select(Gen.Int[1, 1000], Limits).Sample((of, limits) =>
        {
            var dealt = ShareDeal.Deal(of, limits);
            Assert.Equal(Enumerable.Range(0, of), dealt.SelectMany(d => d).Order());
            AssertBalanced([.. dealt.Select(d => d.Length)], limits, of);
        });

    [Theory]
    [InlineData(1, 840)]
    [InlineData(8, 840)]
    [InlineData(9, 945)]
    [InlineData(50, 5250)]
    public void A_run_is_cut_so_that_few_workers_have_exactly_equal_parts(int workers, int shares) =>
        Assert.Equal(shares, ShareDeal.CutFor(workers));

    [Fact]
    public void Few_users_are_spread_as_evenly_as_many() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 840]).Sample((workers, users) =>
        {
            var dealt = ShareDeal.Deal(840, Unlimited(workers)).Select(d => d.Count(s => s < users)).ToList();
            Assert.InRange(dealt.Max() - dealt.Min(), 0, 1);
        });

    [Theory]
    [MemberData(nameof(Workers))]
    public void Every_worker_gets_every_type_of_user_as_often_as_the_plan_says(int workers)
    {
        AssertMixed(ShareDeal.Deal(840, Unlimited(workers)));
        for (var eighths = 1; eighths < 8; eighths++)
        {
            // One that can hold less than its part.
            AssertMixed(ShareDeal.Deal(840, [840 * eighths / (8 * workers), .. Unlimited(workers - 1)]));
        }
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public void Also_after_one_was_lost_and_another_has_joined(int workers)
    {
        var owned = ShareDeal.Deal(840, Unlimited(workers + 1));
        var given = ShareDeal.Give(owned[0], [.. owned.Skip(1).Select(o => o.Length)], Unlimited(workers));
        int[][] left = [.. owned.Skip(1).Select((o, i) => o.Concat(given[i]).Order().ToArray())];
        AssertMixed(left);

        left = [.. left, []];
        var taken = ShareDeal.Take(left, 0, Unlimited(workers + 1));
        int[][] after = [.. left.Select((l, i) => l.Except(taken[i]).ToArray())];
        var moved = ShareDeal.Give([.. taken.SelectMany(t => t).Order()], [.. after.Select(a => a.Length)], Unlimited(workers + 1));
        AssertMixed([.. after.Select((a, i) => a.Concat(moved[i]).ToArray())]);
    }

    [Fact]
    public void What_nobody_has_is_given_without_taking_from_anybody() =>
        Owners.Sample((owned, free, limits) =>
        {
            int[] have = [.. owned.Select(o => o.Length)];
            var given = ShareDeal.Give(free, have, limits);
            Assert.Equal(free, given.SelectMany(g => g).Order());
            for (var i = 0; i < have.Length; i++)
            {
                // Whoever got one had fewest: nobody below a limit has less than it would have without its last one.
                if (given[i].Length > 0 && have[i] + given[i].Length <= limits[i])
                {
                    Assert.All(
                        Enumerable.Range(0, have.Length).Where(j => have[j] + given[j].Length < limits[j]),
                        j => Assert.True(have[j] + given[j].Length >= have[i] + given[i].Length - 1));
                }
            }
        });

    [Fact]
    public void Equal_parts_are_made_with_as_few_moves_as_possible() =>
        Owners.Sample((owned, free, limits) =>
        {
            int[] have = [.. owned.Select(o => o.Length)];
            var taken = ShareDeal.Take(owned, free.Length, limits);
            for (var i = 0; i < have.Length; i++)
            {
                Assert.Subset(owned[i].ToHashSet(), taken[i].ToHashSet());
                Assert.Equal(taken[i].Length, taken[i].Distinct().Count());
            }

            int[] left = [.. have.Select((h, i) => h - taken[i].Length)];
            int[] pool = [.. free.Concat(taken.SelectMany(t => t)).Order()];
            var given = ShareDeal.Give(pool, left, limits);
            int[] after = [.. left.Select((l, i) => l + given[i].Length)];
            AssertBalanced(after, limits, have.Sum() + free.Length);

            // Nobody gives and gets, and of those that end with one more than others are those that had more.
            Assert.All(Enumerable.Range(0, have.Length), i => Assert.True(taken[i].Length == 0 || given[i].Length == 0));
            Assert.All(Enumerable.Range(0, have.Length), i => Assert.All(Enumerable.Range(0, have.Length), j =>
                Assert.False(after[i] == after[j] + 1 && taken[j].Length > 0 && given[i].Length > 0 && after[j] < limits[j] && after[i] <= limits[i])));
        });

    [Fact]
    public void A_worker_that_joins_takes_evenly_spread_shares_from_all()
    {
        var owned = ShareDeal.Deal(840, [int.MaxValue, int.MaxValue]).Append([]).ToArray();
        var taken = ShareDeal.Take(owned, 0, [int.MaxValue, int.MaxValue, int.MaxValue]);
        Assert.Equal([140, 140, 0], taken.Select(t => t.Length));
        Assert.All(taken.Take(2), t => Assert.All(t.Zip(t.Skip(1)), p => Assert.InRange(p.Second - p.First, 1, 11)));
    }

    private static int[] Unlimited(int workers) => [.. Enumerable.Repeat(int.MaxValue, workers)];

    // The type of a share's users is that of its number modulo the length of the pattern: within a quarter of what is fair, or the
    // few that are left over by chance.
    private static void AssertMixed(int[][] owned)
    {
        Assert.Equal(840, owned.Sum(o => o.Length));
        foreach (var pattern in new[] { 2, 3, 4, 5, 6, 7, 8, 10 })
        {
            foreach (var shares in owned)
            {
                var fair = (double)shares.Length / pattern;
                var off = Math.Max(6, fair / 4);
                Assert.All(Enumerable.Range(0, pattern), type => Assert.InRange(shares.Count(s => s % pattern == type), fair - off, fair + off));
            }
        }
    }

    private static void AssertBalanced(int[] counts, int[] limits, int total)
    {
        Assert.Equal(total, counts.Sum());
        if (limits.Sum(l => (long)l) < total)
        {
            // They cannot all be held: everybody has at least what it can hold.
            Assert.All(counts.Zip(limits), c => Assert.True(c.First >= c.Second));
            return;
        }

        Assert.All(counts.Zip(limits), c => Assert.True(c.First <= c.Second));
        var most = counts.Max();
        Assert.All(counts.Zip(limits), c => Assert.True(c.First >= most - 1 || c.First == c.Second));
    }
}
