using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>A ledger whose workers come and go.</summary>
public sealed class WindowLedgerChangeTests
{
    private static readonly RunId Run = new("run");
    private static readonly WorkerId A = new("a");
    private static readonly WorkerId B = new("b");

    // First and last window of each worker, and whether it is lost before all of them are here; the order in which windows arrive.
    private static readonly Gen<((int First, int Last, bool IsLost)[] Workers, int Seed)> Runs = Gen.Select(
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 6], Gen.Bool).Select((first, more, lost) => (first, first + more, lost)).Array[1, 5],
        Gen.Int[0, 1_000_000]);

    [Fact]
    public void Whoever_joins_is_lost_or_says_everything_twice_the_totals_are_the_distinct_windows_that_came() =>
        Runs.Sample(
            (workers, seed) =>
            {
                // The first is there from the beginning, and to the end.
                workers[0] = (0, workers.Max(w => w.Last), false);
                var deliveries = Deliveries(workers, new Random(seed));
                var (totals, seconds) = Play(workers, deliveries);
                var came = deliveries.Distinct().ToList();
                Assert.Equal(came.Sum(d => Events(d.Worker, d.Number)), totals[Counter.Events]);
                Assert.Equal(Enumerable.Range(0, workers.Max(w => w.Last) + 1), seconds.Select(s => s.Number));
                Assert.All(seconds, s => Assert.Equal(
                    came.Where(d => d.Number == s.Number).Sum(d => Events(d.Worker, d.Number)), s.Second[Counter.Events]));
                Assert.Equal(totals[Counter.Events], seconds.Sum(s => s.Second[Counter.Events]));

                // Another coordinator hears it all again, in another order.
                var again = deliveries.OrderBy(_ => new Random(seed + 1).Next()).Reverse().ToList();
                Assert.Equal(totals[Counter.Events], Play(workers, again).Totals[Counter.Events]);
            },
            iter: 300);

    [Fact]
    public void A_second_does_not_wait_for_a_worker_whose_windows_begin_later()
    {
        var ledger = new WindowLedger(Run, [A]);
        ledger.Join(B, 2);
        Add(ledger, A, 0, 1, 2);
        Assert.Equal([0, 1], Close(ledger).Select(s => s.Number));
        Assert.False(ledger.Add(Windows.Create(Run, B, 1)));
        Add(ledger, B, 2);
        Assert.Equal(2, Close(ledger).Single().Second[Counter.Events]);
    }

    [Fact]
    public void A_lost_worker_counts_with_what_it_reported_and_not_with_what_comes_later()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        Add(ledger, B, 0, 1, 3);
        Add(ledger, A, 0, 1, 2);
        Assert.Equal(2, Close(ledger).Count);
        ledger.Lost(B);
        Assert.False(ledger.Add(Windows.Create(Run, B, 2)));
        ledger.Drained(B, 9);
        ledger.Drained(A, 2);
        Assert.Equal([1, 1], Close(ledger).Select(s => (int)s.Second[Counter.Events]));
        Assert.True(ledger.IsComplete);
    }

    [Fact]
    public void A_worker_has_all_when_nothing_up_to_its_last_window_is_missing()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        Add(ledger, B, 0, 2);
        Assert.False(ledger.HasAll(B));
        ledger.Drained(B, 2);
        Assert.False(ledger.HasAll(B));
        Add(ledger, B, 1);
        Assert.True(ledger.HasAll(B));
        Add(ledger, A, 0, 1, 2, 3);
        Assert.Equal(4, Close(ledger).Count);
        Assert.True(ledger.HasAll(B));
        Assert.False(ledger.HasAll(A));
    }

    [Fact]
    public void Windows_that_will_not_come_are_skipped()
    {
        var ledger = new WindowLedger(Run, [A]);
        Add(ledger, A, 2, 3);
        Assert.Empty(Close(ledger));
        ledger.Skip(A, 2);
        Assert.Equal([0, 0, 1, 1], Close(ledger).Select(s => (int)s.Second[Counter.Events]));
    }

    [Fact]
    public void A_mark_stands_in_its_second_or_in_the_next_that_closes()
    {
        var ledger = new WindowLedger(Run, [A]);
        RunMark[] marks =
        [
            new(TimeSpan.FromSeconds(1.5), RunMarkKind.WorkerLost, "b"),
            new(TimeSpan.FromSeconds(1.2), RunMarkKind.WorkerJoined, "c"),
            new(TimeSpan.FromSeconds(0.1), RunMarkKind.WorkerLeft, "d"),
        ];
        Add(ledger, A, 0);
        Assert.Empty(Assert.Single(Close(ledger)).Marks);
        Array.ForEach(marks, ledger.Mark);
        Add(ledger, A, 1, 2);
        var seconds = Close(ledger);
        Assert.Equal(["d", "c", "b"], seconds[0].Marks.Select(m => m.Node));
        Assert.Empty(seconds[1].Marks);
    }

    [Fact]
    public void What_two_workers_saw_of_an_event_makes_one_spread_also_when_one_of_them_has_gone()
    {
        var ledger = new WindowLedger(Run, [A]);
        ledger.Join(B, 0);
        ledger.Add(Windows.Create(Run, A, 0) with { Fanout = [new FanoutSpan(1, 1000, 1300, 1)] });
        ledger.Add(Windows.Create(Run, B, 0) with { Fanout = [new FanoutSpan(1, 1200, 1700, 1)] });
        ledger.Lost(B);
        ledger.Drained(A, 0);
        Assert.Equal(700, Assert.Single(Close(ledger)).Second.Timings[Timing.FanoutSpread].GetValueAtPercentile(100));
    }

    private static (StatsTotals Totals, List<RunSecond> Seconds) Play(
        (int First, int Last, bool IsLost)[] workers, List<(int Worker, int Number)> deliveries)
    {
        var ledger = new WindowLedger(Run, []);
        for (var w = 0; w < workers.Length; w++)
        {
            ledger.Join(Worker(w), workers[w].First);
        }

        var closed = new List<RunSecond>();
        foreach (var (worker, number) in deliveries)
        {
            ledger.Add(Windows.Create(Run, Worker(worker), number, Events(worker, number)));
            closed.AddRange(Close(ledger));
        }

        for (var w = 0; w < workers.Length; w++)
        {
            if (workers[w].IsLost)
            {
                ledger.Lost(Worker(w));
            }
            else
            {
                ledger.Drained(Worker(w), workers[w].Last);
            }

            closed.AddRange(Close(ledger));
        }

        Assert.True(ledger.IsComplete);
        return (ledger.Totals, closed);
    }

    // Every window of a worker that stays, some of one that is lost; some twice, in any order.
    private static List<(int Worker, int Number)> Deliveries((int First, int Last, bool IsLost)[] workers, Random random) =>
    [
        .. workers.SelectMany((w, i) => Enumerable.Range(w.First, w.Last - w.First + 1)
                .Where(_ => !w.IsLost || random.Next(2) == 0)
                .SelectMany(n => Enumerable.Repeat((i, n), random.Next(1, 3))))
            .OrderBy(_ => random.Next()),
    ];

    private static void Add(WindowLedger ledger, WorkerId worker, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            Assert.True(ledger.Add(Windows.Create(Run, worker, number)));
        }
    }

    private static List<RunSecond> Close(WindowLedger ledger)
    {
        var closed = new List<RunSecond>();
        while (ledger.CloseNext() is { } second)
        {
            closed.Add(second);
        }

        return closed;
    }

    private static WorkerId Worker(int index) => new($"w{index}");

    // Powers of two: no two sets of windows have the same sum.
    private static long Events(int worker, int number) => 1L << ((worker * 12) + number);
}
