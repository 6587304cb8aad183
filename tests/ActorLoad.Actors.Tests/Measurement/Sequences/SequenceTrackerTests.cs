using ActorLoad.Actors.Measurement.Sequences;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

/// <summary>The table above <see cref="SequenceTracker"/>, row by row, and long sequences against the naive rules.</summary>
public sealed class SequenceTrackerTests
{
    private readonly SequenceTracker _tracker = new();

    [Theory]
    [InlineData("7", "InOrder")]
    [InlineData("0 1 2", "InOrder InOrder InOrder")]
    [InlineData("7 8 9", "InOrder InOrder InOrder")]
    [InlineData("7 9", "InOrder Gap:1")]
    [InlineData("7 12 13", "InOrder Gap:4 InOrder")]
    [InlineData("7 9 8 10", "InOrder Gap:1 Reordered InOrder")]
    [InlineData("7 9 8 8", "InOrder Gap:1 Reordered Duplicated")]
    [InlineData("7 7", "InOrder Duplicated")]
    [InlineData("7 6 5", "InOrder Duplicated Duplicated")]
    [InlineData("7 12 9 9 8 11 10 13", "InOrder Gap:4 Reordered Duplicated Reordered Reordered Reordered InOrder")]
    [InlineData("7 9 11 8 10 11", "InOrder Gap:1 Gap:1 Reordered Reordered Duplicated")]
    [InlineData("7 4294967303 8", "InOrder Gap:4294967295 Reordered")]
    [InlineData("7 4294967304 8", "InOrder Absurd InOrder")]
    [InlineData("7 9007199254740992 8 7", "InOrder Absurd InOrder Duplicated")]
    public void Each_number_is_what_the_numbers_before_it_make_of_it(string numbers, string steps) =>
        Assert.Equal(steps, string.Join(' ', numbers.Split(' ').Select(n => Observe(long.Parse(n)))));

    [Fact]
    public void Each_key_has_a_sequence_of_its_own()
    {
        Assert.Equal("InOrder", Observe(5, key: 0));
        Assert.Equal("InOrder", Observe(100, key: 1));
        Assert.Equal("Gap:1", Observe(102, key: 1));
        Assert.Equal("InOrder", Observe(6, key: 0));
        Assert.Equal("Duplicated", Observe(6, key: 0));
        Assert.Equal("Duplicated", Observe(6, key: 1));
        Assert.Equal("Reordered", Observe(101, key: 1));
        Assert.Equal("Duplicated", Observe(5, key: 0));
    }

    [Fact]
    public void After_a_restart_the_first_number_is_in_order_and_old_holes_are_closed_by_nothing()
    {
        Observe(1);
        Observe(4);
        _tracker.Restart();

        Assert.Equal("InOrder", Observe(2));
        Assert.Equal("Gap:1", Observe(4));
        Assert.Equal("Duplicated", Observe(2));
        Assert.Equal("Reordered", Observe(3));
    }

    [Fact]
    public void What_is_missed_since_a_mark_goes_down_only_when_that_arrives()
    {
        Observe(1);
        Observe(4);
        Assert.Equal(2, _tracker.MissedSinceMark);
        _tracker.Mark(1);
        Assert.Equal(0, _tracker.MissedSinceMark);
        Observe(3);
        Assert.Equal(0, _tracker.MissedSinceMark);
        Observe(8);
        Assert.Equal(3, _tracker.MissedSinceMark);
        Observe(6);
        Observe(2);
        Assert.Equal(2, _tracker.MissedSinceMark);
        _tracker.Restart();
        Assert.Equal(2, _tracker.MissedSinceMark);
        Observe(5);
        Observe(7);
        Assert.Equal(3, _tracker.MissedSinceMark);
    }

    [Fact]
    public void Past_the_bound_the_lowest_hole_stays_missed_for_good()
    {
        var tracker = new SequenceTracker(holes: 2);
        foreach (var number in (long[])[1, 3, 5, 7])
        {
            tracker.Observe(number, 0, out _);
        }

        Assert.Equal(SequenceStep.Duplicated, tracker.Observe(2, 0, out _));
        Assert.Equal(SequenceStep.Reordered, tracker.Observe(4, 0, out _));
        Assert.Equal(SequenceStep.Reordered, tracker.Observe(6, 0, out _));
    }

    [Fact]
    public void A_key_that_opens_many_holes_gives_up_its_own_before_those_of_others()
    {
        var tracker = new SequenceTracker(holes: 2);
        tracker.Observe(1, 0, out _);
        tracker.Observe(3, 0, out _);
        foreach (var number in (long[])[1, 3, 5])
        {
            tracker.Observe(number, 1, out _);
        }

        Assert.Equal(SequenceStep.Reordered, tracker.Observe(2, 0, out _));
        Assert.Equal(SequenceStep.Duplicated, tracker.Observe(2, 1, out _));
        Assert.Equal(SequenceStep.Reordered, tracker.Observe(4, 1, out _));
    }

    [Fact]
    public void It_counts_what_the_naive_rules_count() =>
        Gen.Select(
            Gen.Int[1, 6],
            Gen.Select(Gen.Int[0, 2], Gen.Int[-12, 14], Gen.Int[0, 99]).List[1, 400]).Sample(
            (bound, moves) =>
            {
                var (tracker, naive) = (new SequenceTracker(bound), new NaiveSequences(bound));
                var (missed, duplicated, reordered) = (0L, 0L, 0L);
                var last = new long[] { 50, 1000, 0 };
                foreach (var (key, by, chance) in moves)
                {
                    if (chance == 0)
                    {
                        tracker.Restart();
                        naive.Restart();
                    }

                    // Mostly forwards in small steps, so that holes are opened, met, split and overrun.
                    var number = Math.Max(0, last[key] + (by > 4 ? 1 : by));
                    last[key] = Math.Max(last[key], number);
                    var step = tracker.Observe(number, key, out var gap);
                    naive.Observe(number, key);
                    missed += gap - (step == SequenceStep.Reordered ? 1 : 0);
                    duplicated += step == SequenceStep.Duplicated ? 1 : 0;
                    reordered += step == SequenceStep.Reordered ? 1 : 0;
                    Assert.Equal((naive.Missed, naive.Duplicated, naive.Reordered), (missed, duplicated, reordered));
                }
            },
            iter: 2000);

    [Fact]
    public void Every_order_of_the_same_numbers_ends_with_nothing_missed() =>
        Gen.Shuffle(Enumerable.Range(1, 60).ToArray()).Sample(order =>
        {
            var (tracker, missed, below) = (new SequenceTracker(), 0L, 0);
            foreach (var number in order)
            {
                var step = tracker.Observe(number, 0, out var gap);
                missed += gap - (step == SequenceStep.Reordered ? 1 : 0);
                below += step == SequenceStep.Duplicated ? 1 : 0;
            }

            // What lies below the first number is no hole: nobody knows that it was ever sent to this stream.
            Assert.Equal((0L, order[0] - 1), (missed, below));
            Assert.Equal(0, tracker.MissedSinceMark);
        });

    [Fact]
    public void Gaps_of_any_length_cost_the_same_and_holes_stay_within_their_bound() =>
        Assert.InRange(Allocated(100_000, SequenceTracker.MaxGap / 2), 1, 3 * 24 * HoleList.DefaultCapacity);

    [Fact]
    public void A_stream_in_order_keeps_its_highest_number_and_nothing_else() => Assert.InRange(Allocated(10_000, 1), 1, 120);

    private static long Allocated(int events, long step) => Allocation.Of(() =>
    {
        var tracker = new SequenceTracker();
        for (var i = 0L; i < events; i++)
        {
            tracker.Observe(i * step, 0, out _);
        }
    });

    private string Observe(long number, int key = 0) =>
        _tracker.Observe(number, key, out var missed) is var step && step == SequenceStep.Gap ? $"{step}:{missed}" : $"{step}";
}
