using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using CsCheck;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class RosterBookTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);
    private static readonly WorkerId A = new("a");
    private static readonly WorkerId B = new("b");
    private static readonly WorkerId C = new("c");

    [Fact]
    public void In_the_closed_model_a_joiner_gets_its_shares_when_their_users_are_gone()
    {
        var book = Deal(LoadModel.Closed);
        Join(book, C, At(10));
        var taking = book.Next(At(10))!;
        Assert.Equal([280, 280, 0], Counts(taking));
        Assert.Null(book.Next(At(10)));

        book.Answered(A, taking.Epoch);
        Assert.Null(book.Next(At(11)));
        book.Answered(B, taking.Epoch);
        var giving = book.Next(At(12))!;
        Assert.Equal(taking.Epoch + 1, giving.Epoch);
        Assert.Equal([280, 280, 280], Counts(giving));
        Assert.Equal(giving.Epoch, Assert.Single(giving.EntryOf(C)!.Grants).Epoch);
        Assert.Empty(book.Settled());
        book.Answered(C, giving.Epoch);
        Assert.Equal(["node-c"], book.Settled());
        Assert.Empty(book.Settled());
    }

    [Fact]
    public void In_the_open_model_one_roster_moves_arrivals_from_a_moment_on()
    {
        var book = Deal(LoadModel.Open);
        Join(book, C, At(10));
        var roster = book.Next(At(10))!;
        Assert.Equal(At(12), roster.Effective);
        Assert.Equal([280, 280, 280], Counts(roster));
        Assert.Equal(At(12), Assert.Single(roster.EntryOf(C)!.Grants).From);
        Assert.Equal(TimeSpan.Zero, Assert.Single(roster.EntryOf(A)!.Grants).From);

        // Before that moment no other roster may come in between.
        book.Lost(B, At(9));
        Assert.Null(book.Next(At(11.9)));
        Assert.Equal(At(12), book.NotBefore);
        var next = book.Next(At(12))!;
        Assert.Equal([420, 0, 420], Counts(next));
        Assert.Equal(At(9), next.EntryOf(A)!.Grants[^1].From);
    }

    [Fact]
    public void What_a_lost_worker_had_is_given_at_once()
    {
        var book = Deal(LoadModel.Closed);
        book.Lost(B, At(7));
        var roster = book.Next(At(12))!;
        Assert.Equal([840, 0], Counts(roster));
        Assert.Equal(RosterState.Lost, roster.EntryOf(B)!.State);
        Assert.Empty(book.Settled());
        book.Answered(A, roster.Epoch);
        Assert.Equal(["node-b"], book.Settled());
    }

    [Fact]
    public void What_stays_with_nobody_is_named_in_the_roster()
    {
        var book = Deal(LoadModel.Closed);
        book.Lost(B, from: null);
        var roster = book.Next(At(12))!;
        Assert.Equal([420, 420], Counts(roster));
        Assert.Equal(RosterState.Lost, roster.EntryOf(B)!.State);
        Assert.Empty(book.Settled());

        // So that another coordinator does not deal it either.
        var resumed = RosterBook.Resume(roster, roster.Epoch, LoadModel.Closed, Delay, _ => int.MaxValue);
        Assert.Equal([420, 420], Counts(resumed.Next(At(20))!));
    }

    [Fact]
    public void A_leaving_worker_hands_over_and_is_gone_when_it_has_drained()
    {
        var book = Deal(LoadModel.Closed);
        book.Leaving(B);
        var taking = book.Next(At(5))!;
        Assert.Equal([420, 0], Counts(taking));
        Assert.Equal(RosterState.Leaving, taking.EntryOf(B)!.State);
        book.Answered(B, taking.Epoch);
        Assert.Equal([840, 0], Counts(book.Next(At(6))!));
        book.Left(B, At(7));
        Assert.Equal(RosterState.Left, book.Next(At(7))!.EntryOf(B)!.State);
        book.Answered(A, book.Epoch);
        Assert.Equal(["node-b"], book.Settled());
    }

    [Fact]
    public void What_a_worker_has_still_when_it_has_left_is_anothers_from_there_on()
    {
        var book = Deal(LoadModel.Open);
        book.Leaving(B);
        book.Left(B, At(5));
        Assert.Equal(At(5), book.Next(At(6))!.EntryOf(A)!.Grants[^1].From);
    }

    [Fact]
    public void A_worker_that_leaves_before_it_was_ready_is_said_to_have_joined_once()
    {
        var book = Deal(LoadModel.Closed);
        book.Announce(C, "node-c", 3);
        book.Add(C, "node-c", 3, int.MaxValue);
        book.Leaving(C);
        Assert.True(book.Ready(C));
        Assert.False(book.Ready(C));
        Assert.Equal([420, 420, 0], Counts(book.Next(At(5))!));
    }

    [Fact]
    public void Another_coordinator_gives_a_worker_that_had_joined_its_part()
    {
        var roster = Deal(LoadModel.Closed).Announce(C, "node-c", 3);
        var resumed = RosterBook.Resume(roster, roster.Epoch, LoadModel.Closed, Delay, _ => int.MaxValue);
        Assert.Equal([280, 280, 0], Counts(resumed.Next(At(20))!));
    }

    [Fact]
    public void A_leaving_worker_that_dies_is_not_waited_for()
    {
        var book = Deal(LoadModel.Closed);
        book.Leaving(B);
        book.Next(At(5));
        book.Lost(B, At(5));
        Assert.Equal([840, 0], Counts(book.Next(At(6))!));
    }

    [Fact]
    public void Another_coordinator_deals_what_was_on_its_way_only_when_all_follow_it()
    {
        var book = Deal(LoadModel.Closed);
        book.Leaving(B);
        var taking = book.Next(At(5))!;
        var resumed = RosterBook.Resume(taking, taking.Epoch + 7, LoadModel.Closed, Delay, _ => int.MaxValue);
        var first = resumed.Next(At(20))!;
        Assert.Equal(taking.Epoch + 8, first.Epoch);
        Assert.Equal([420, 0], Counts(first));
        resumed.Answered(A, first.Epoch);
        Assert.Null(resumed.Next(At(21)));
        resumed.Answered(B, first.Epoch);
        Assert.Equal([840, 0], Counts(resumed.Next(At(22))!));
    }

    [Fact]
    public void A_worker_that_is_announced_hears_a_newer_roster_each_time_and_nobody_else_does()
    {
        var book = Deal(LoadModel.Closed);
        var first = book.Announce(C, "node-c", 5);
        var second = book.Announce(C, "node-c", 9);
        Assert.Equal((2, 5), (first.Epoch, first.EntryOf(C)!.FirstWindow));
        Assert.Equal((3, 9), (second.Epoch, second.EntryOf(C)!.FirstWindow));
        Assert.Equal((1, 2), (book.Current.Epoch, book.Current.Workers.Length));
        Assert.Null(book.Next(At(1)));
    }

    /// <summary>Whatever happens in whatever order: no share has two owners, none is forgotten, and when all is quiet the parts are equal.</summary>
    [Fact]
    public void Shares_are_disjoint_at_every_moment_and_all_dealt_in_the_end() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 5].Array[1, 60], Gen.Int[0, 1_000_000]).Sample(
            (open, events, seed) =>
            {
                var random = new Random(seed);
                var book = Deal(open ? LoadModel.Open : LoadModel.Closed);
                var told = new Dictionary<WorkerId, Roster> { [A] = book.Current, [B] = book.Current };
                var now = TimeSpan.Zero;
                var joined = 0;
                foreach (var what in events)
                {
                    now += TimeSpan.FromSeconds(random.NextDouble());
                    var there = book.Seats.Where(s => s.State == RosterState.Active).ToList();
                    switch (what)
                    {
                        case 0 when joined < 5:
                            Join(book, new WorkerId($"j{++joined}"), now);
                            break;
                        case 1 when there.Count > 1:
                            book.Lost(there[random.Next(there.Count)].Worker, now);
                            break;
                        case 2 when there.Count > 1:
                            book.Leaving(there[random.Next(there.Count)].Worker);
                            break;
                        case 3 when book.Seats.FirstOrDefault(s => s.State == RosterState.Leaving && s.Grants.Count == 0) is { } gone:
                            book.Left(gone.Worker, now);
                            break;
                        default:
                            Answer(book, random.Next(3));
                            break;
                    }

                    AdvanceAll(book, now, told);
                    AssertOwners(book);
                }

                for (var i = 0; i < 50; i++)
                {
                    now += TimeSpan.FromSeconds(3);
                    Answer(book, 0);
                    AdvanceAll(book, now, told);
                    AssertOwners(book);
                }

                var active = book.Seats.Where(s => s.State == RosterState.Active).Select(s => s.Shares.Length).ToList();
                Assert.Equal(840, active.Sum());
                Assert.True(active.Min() > 0);
                Assert.Null(book.NotBefore);
            },
            iter: 300);

    // A share that the newest roster gives to one worker is nobody else's, also not by an older roster that its former owner still follows.
    private static void AssertOwners(RosterBook book)
    {
        var all = book.Seats.SelectMany(s => s.Shares).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(book.Current.Workers, w => Assert.Equal(w.Shares.Count(), w.Shares.Distinct().Count()));
        Assert.All(book.Current.Workers.SelectMany(w => w.Grants), g => Assert.True(g.Epoch <= book.Current.Epoch));
    }

    private static void AdvanceAll(RosterBook book, TimeSpan now, Dictionary<WorkerId, Roster> told)
    {
        while (book.Next(now) is { } roster)
        {
            foreach (var entry in roster.Workers.Where(w => w.State == RosterState.Active))
            {
                Assert.True(!told.TryGetValue(entry.Worker, out var before) || before.Epoch < roster.Epoch);
                told[entry.Worker] = roster;
            }
        }
    }

    private static void Answer(RosterBook book, int keepQuiet)
    {
        foreach (var seat in book.Seats.Where(s => s.TakesPart).Skip(keepQuiet).ToList())
        {
            book.Answered(seat.Worker, book.Current.Epoch);
        }
    }

    private static RosterBook Deal(LoadModel model) =>
        RosterBook.Deal(840, 1, model, Delay, [(A, "node-a", int.MaxValue), (B, "node-b", int.MaxValue)]);

    private static void Join(RosterBook book, WorkerId worker, TimeSpan at)
    {
        book.Announce(worker, $"node-{worker}", (int)at.TotalSeconds + 3);
        book.Add(worker, $"node-{worker}", (int)at.TotalSeconds + 3, int.MaxValue);
        book.Ready(worker);
    }

    private static int[] Counts(Roster roster) => [.. roster.Workers.Select(w => w.Shares.Count())];

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
