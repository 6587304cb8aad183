using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class WindowLedgerTests
{
    private static readonly RunId Run = new("run");

    // How many windows each worker has, and in what order everything arrives: some windows twice or three times.
    private static readonly Gen<(int[] Lengths, Delivery[] Order)> Runs =
        Gen.Int[1, 6].Array[1, 4].SelectMany(lengths =>
        {
            var all = lengths.SelectMany((length, worker) => Enumerable.Range(0, length)
                .Select(number => new Delivery(worker, number, false))
                .Append(new Delivery(worker, length - 1, true))).ToArray();
            return Gen.Select(Gen.Int[1, 3].Array[all.Length], Gen.Double.Array[all.Length * 3]).Select((copies, ranks) =>
            {
                var order = all.SelectMany((d, i) => Enumerable.Repeat(d, copies[i]))
                    .Select((d, i) => (d, Rank: ranks[i]))
                    .OrderBy(x => x.Rank)
                    .Select(x => x.d);
                return (lengths, order.ToArray());
            });
        });

    [Fact]
    public void In_any_order_and_with_duplicates_the_totals_are_the_sum_of_the_distinct_windows() =>
        Runs.Sample(
            (lengths, order) =>
            {
                var ledger = Ledger(lengths.Length);
                foreach (var delivery in order)
                {
                    Deliver(ledger, delivery);
                    while (ledger.CloseNext() is not null)
                    {
                    }
                }

                var sum = lengths.SelectMany((length, worker) => Enumerable.Range(0, length).Select(n => Events(worker, n))).Sum();
                Assert.True(ledger.IsComplete);
                Assert.Equal(sum, ledger.Totals[Counter.Events]);
                Assert.Equal(10 * sum, ledger.Totals[Counter.Bytes]);
                Assert.Equal(sum, ledger.Totals.Events["tick"]);
                Assert.Equal(sum, ledger.Totals.Failures[(FailureWhere.Connect, FailureReason.Status)].Count);
                Assert.Equal(sum, ledger.Totals.UserTypes["reader"].Tasks["read"].Passed);
                Assert.Equal(lengths.Sum(), ledger.Totals.UserTypes["reader"].Tasks["read"].Failed);
                Assert.Equal(sum, ledger.Totals.Timings[Timing.EventGap].TotalCount);
            },
            iter: 60);

    [Fact]
    public void Seconds_close_in_order_each_once_and_as_soon_as_they_can() =>
        Runs.Sample(
            (lengths, order) =>
            {
                var ledger = Ledger(lengths.Length);
                var closed = new List<RunSecond>();
                var arrived = new HashSet<Delivery>();
                foreach (var delivery in order)
                {
                    Deliver(ledger, delivery, timings: false);
                    arrived.Add(delivery);
                    while (ledger.CloseNext() is { } second)
                    {
                        closed.Add(second);
                    }

                    Assert.Equal(Closable(lengths, arrived), closed.Count);
                    Assert.Equal(arrived.Count == lengths.Sum() + lengths.Length, ledger.IsComplete);
                }

                Assert.Equal(Enumerable.Range(0, lengths.Max()), closed.Select(s => s.Number));
                Assert.All(closed, s => Assert.Equal(
                    lengths.Select((length, worker) => s.Number < length ? Events(worker, s.Number) : 0).Sum(),
                    s.Second[Counter.Events]));
                Assert.Equal(ledger.Totals[Counter.Events], closed.Sum(s => s.Second[Counter.Events]));
            },
            iter: 300);

    [Fact]
    public void A_known_or_foreign_window_changes_nothing()
    {
        var ledger = Ledger(1);
        Assert.True(ledger.Add(Windows.Create(Run, Worker(0), 0, events: 5)));
        Assert.False(ledger.Add(Windows.Create(Run, Worker(0), 0, events: 9)));
        Assert.False(ledger.Add(Windows.Create(Run, Worker(7), 0, events: 9)));
        Assert.False(ledger.Add(Windows.Create(new RunId("other"), Worker(0), 1, events: 9)));
        Assert.NotNull(ledger.CloseNext());
        Assert.False(ledger.Add(Windows.Create(Run, Worker(0), 0, events: 9)));
        Assert.Null(ledger.CloseNext());
        Assert.Equal(5, ledger.Totals[Counter.Events]);
    }

    [Fact]
    public void Levels_are_summed_over_the_workers_of_a_second_and_the_totals_keep_the_last_and_the_highest()
    {
        var ledger = Ledger(2);
        ledger.Add(Windows.Create(Run, Worker(0), 0, level: 3));
        ledger.Add(Windows.Create(Run, Worker(1), 0, level: 4));
        ledger.Add(Windows.Create(Run, Worker(0), 1, level: 0));
        ledger.Add(Windows.Create(Run, Worker(1), 1, level: 1));
        Assert.Equal([7, 14], ledger.CloseNext()!.Second.Gauges);
        Assert.Equal([1, 2], ledger.CloseNext()!.Second.Gauges);
        Assert.Equal([1, 2], ledger.Totals.Gauges);
        Assert.Equal([9, 14], ledger.Totals.GaugesMax);
    }

    [Fact]
    public void A_second_starts_with_its_first_window_and_lasts_as_long_as_its_longest()
    {
        var ledger = Ledger(2);
        ledger.Add(Windows.Create(Run, Worker(0), 0) with { StartUnixMs = 5_000, LengthMs = 1000 });
        ledger.Add(Windows.Create(Run, Worker(1), 0) with { StartUnixMs = 4_900, LengthMs = 1200 });
        var second = ledger.CloseNext()!;
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(4_900), second.Start);
        Assert.Equal(TimeSpan.FromMilliseconds(1200), second.Length);
    }

    [Fact]
    public void Giving_up_merges_what_has_been_reported_of_every_second() =>
        Runs.Sample(
            (lengths, order) =>
            {
                var ledger = Ledger(lengths.Length);
                var closed = new List<int>();
                var arrived = order.Take(order.Length / 2).ToHashSet();
                foreach (var delivery in arrived)
                {
                    Deliver(ledger, delivery, timings: false);
                }

                void CloseAll()
                {
                    while (ledger.CloseNext() is { } second)
                    {
                        closed.Add(second.Number);
                    }
                }

                CloseAll();
                ledger.GiveUp();
                CloseAll();

                var windows = arrived.Where(d => !d.Drained).ToArray();
                Assert.True(ledger.IsComplete);
                Assert.Equal(windows.Sum(d => Events(d.Worker, d.Number)), ledger.Totals[Counter.Events]);
                Assert.Equal(Enumerable.Range(0, windows.Select(d => d.Number + 1).DefaultIfEmpty(0).Max()), closed);
            },
            iter: 300);

    private static int Closable(int[] lengths, HashSet<Delivery> arrived)
    {
        var second = 0;
        while (second < lengths.Max() && lengths.Select((length, worker) =>
            second < length
                ? arrived.Contains(new Delivery(worker, second, false))
                : arrived.Contains(new Delivery(worker, length - 1, true))).All(covered => covered))
        {
            second++;
        }

        return second;
    }

    private static WindowLedger Ledger(int workers) => new(Run, Enumerable.Range(0, workers).Select(Worker));

    private static WorkerId Worker(int index) => new($"w{index}");

    // Powers of two: no two sets of windows have the same sum.
    private static long Events(int worker, int number) => 1L << ((worker * 6) + number);

    private static void Deliver(WindowLedger ledger, Delivery delivery, bool timings = true)
    {
        if (delivery.Drained)
        {
            ledger.Drained(Worker(delivery.Worker), delivery.Number);
        }
        else
        {
            ledger.Add(Windows.Create(
                Run, Worker(delivery.Worker), delivery.Number, Events(delivery.Worker, delivery.Number), timings: timings));
        }
    }

    private sealed record Delivery(int Worker, int Number, bool Drained);
}
