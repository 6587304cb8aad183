using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Faults;
using CsCheck;

namespace ActorLoad.Host.Tests.Target;

public sealed class FaultPlanTests
{
    private const int Many = 2000;

    [Fact]
    public void Without_rates_every_event_passes_once()
    {
        var (ids, kinds) = Play(TargetFaults.None, seed: 7, Many);
        Assert.Equal(TargetTest.Range(1, Many), ids);
        Assert.Empty(kinds);
    }

    [Fact]
    public void Skip_repeat_and_swap_do_what_they_say()
    {
        Assert.Empty(Play(new TargetFaults { SkipPercent = 100 }, 1, 10).Ids);
        Assert.Equal([1, 1, 2, 2], Play(new TargetFaults { RepeatPercent = 100 }, 1, 2).Ids);
        Assert.Equal([2, 1, 4, 3], Play(new TargetFaults { SwapPercent = 100 }, 1, 5).Ids);
    }

    [Fact]
    public void The_same_seed_gives_the_same_decisions_and_another_seed_others()
    {
        var rates = new TargetFaults { SkipPercent = 10, RepeatPercent = 10, SwapPercent = 10 };
        Assert.Equal(Play(rates, 5, Many).Ids, Play(rates, 5, Many).Ids);
        Assert.NotEqual(Play(rates, 5, Many).Ids, Play(rates, 6, Many).Ids);
    }

    [Fact]
    public void Rates_are_met()
    {
        var kinds = Play(new TargetFaults { SkipPercent = 5, RepeatPercent = 20, SwapPercent = 0 }, 3, 100_000).Kinds;
        Assert.InRange(kinds.Count(k => k == FaultKind.Skip), 4_700, 5_300);
        Assert.InRange(kinds.Count(k => k == FaultKind.Repeat), 19_400, 20_600);
    }

    [Fact]
    public void The_event_that_ends_a_stream_always_comes_and_comes_last() =>
        Gen.Select(Gen.Double[0, 33], Gen.Double[0, 33], Gen.Double[0, 33], Gen.ULong, Gen.Int[1, 30]).Sample((skip, repeat, swap, seed, count) =>
        {
            var rates = new TargetFaults { SkipPercent = skip, RepeatPercent = repeat, SwapPercent = swap };
            return Play(rates, seed, count, lastEnds: true).Ids[^1] == count;
        });

    [Fact]
    public void A_late_event_comes_after_two_to_eight_later_ones_and_nothing_is_lost() =>
        Gen.Select(Gen.Double[1, 100], Gen.ULong).Sample((late, seed) =>
        {
            var (ids, kinds) = Play(new TargetFaults { LatePercent = late }, seed, 200, lastEnds: true);
            Assert.Equal(TargetTest.Range(1, 200), ids.Order());
            var overtaken = ids.Select((id, at) => ids[..at].Count(earlier => earlier > id)).Where(n => n > 0).ToList();
            Assert.Equal(kinds.Count(k => k == FaultKind.Late), overtaken.Count);
            Assert.All(overtaken.SkipLast(1), n => Assert.InRange(n, 2, 8));
        });

    [Fact]
    public void The_reported_kinds_account_for_every_departure_from_the_original() =>
        Gen.Select(Gen.Double[0, 25], Gen.Double[0, 25], Gen.Double[0, 25], Gen.Double[0, 25], Gen.ULong).Sample((skip, repeat, swap, late, seed) =>
        {
            var rates = new TargetFaults { SkipPercent = skip, RepeatPercent = repeat, SwapPercent = swap, LatePercent = late };
            var (ids, kinds) = Play(rates, seed, 200, lastEnds: true);
            var missing = 200 - ids.Distinct().Count();
            var twice = ids.Length - ids.Distinct().Count();
            var overtaken = ids.Select((id, at) => !ids[..at].Contains(id) && ids[..at].Any(earlier => earlier > id)).Count(o => o);
            Assert.Equal(kinds.Count(k => k == FaultKind.Skip), missing);
            Assert.Equal(kinds.Count(k => k == FaultKind.Repeat), twice);
            Assert.Equal(kinds.Count(k => k is FaultKind.Swap or FaultKind.Late), overtaken);
        });

    private static (long[] Ids, List<FaultKind> Kinds) Play(TargetFaults rates, ulong seed, int count, bool lastEnds = false)
    {
        var plan = new FaultPlan(rates, seed);
        var ids = new List<long>();
        var kinds = new List<FaultKind>();
        for (var id = 1; id <= count; id++)
        {
            var output = plan.Next(new EventFrame(id, "message", [], 0), lastEnds && id == count, out var skipped);
            foreach (var (frame, completes) in output)
            {
                if (frame is not null)
                {
                    ids.Add(frame.Id);
                }

                if (completes is { } done)
                {
                    kinds.Add(done);
                }
            }

            if (skipped)
            {
                kinds.Add(FaultKind.Skip);
            }
        }

        return (ids.ToArray(), kinds);
    }
}
