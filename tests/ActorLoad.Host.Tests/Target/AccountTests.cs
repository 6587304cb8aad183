using System.Net;
using ActorLoad.Host.Target;
using ActorLoad.Host.Target.Accounts;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Stats;

namespace ActorLoad.Host.Tests.Target;

/// <summary>Streams with a last event, and the books that the target keeps of what each client got.</summary>
public sealed class AccountTests : TargetTest
{
    private const string Path = "/api/events/books?from=start&last=40&account=a&user_id=";

    [Fact]
    public async Task A_stream_ends_with_its_last_event_and_then_for_good()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, Path + "1");
        Assert.Equal(Range(1, 40), Ids(await client.TakeAllAsync()));
        await UntilAsync(target, s => s.Streams.Closed["done"] == 1);
        Assert.Equal((1, 0, 40, 0, 0, 0), Numbers(target.Stats.Accounts["a"]));

        using var again = await OpenAsync(target, Path + "1", lastEventId: 40);
        Assert.Equal(HttpStatusCode.NoContent, again.Status);
        Assert.Equal((1, 1, 40, 0, 0, 0), Numbers(target.Stats.Accounts["a"]));
        Assert.Equal(1, target.Stats.Streams.Opened);
    }

    [Fact]
    public async Task The_books_are_those_of_the_client_over_all_its_connections()
    {
        await using var target = await StartAsync();
        using (var first = await OpenAsync(target, "/api/events/books"))
        {
            await first.TakeAsync(45);
        }

        foreach (var (after, last) in ((long?, string)[])[(null, "&cut_after=10"), (15, "&cut_after=5"), (12, "&cut_after=6"), (38, "")])
        {
            using var client = await OpenAsync(target, Path + "1" + last, after);
            await client.TakeAllAsync();
        }

        using (var other = await OpenAsync(target, Path + "2"))
        {
            await other.TakeAllAsync();
        }

        // 1-10, 16-20, 13-18 and 39-40: 13, 14 and 15 came after 20, 16 to 18 twice, 11, 12 and 21 to 38 never.
        await UntilAsync(target, s => s.Streams.Open == 0 && s.Accounts["a"].Streams == 2);
        Assert.Equal((2, 0, 63, 20, 3, 3), Numbers(target.Stats.Accounts["a"]));
        await PostAsync(target, "/api/stats/reset");
        Assert.Empty(target.Stats.Accounts);
    }

    [Fact]
    public async Task Faults_are_booked_to_the_account_and_spare_the_first_and_the_last_event()
    {
        await using var target = await StartAsync(With(new TargetFaults { SkipPercent = 25, RepeatPercent = 25, SwapPercent = 25, LatePercent = 25 }));
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(async user =>
        {
            using var client = await OpenAsync(target, Path + user);
            return Ids(await client.TakeAllAsync());
        }));
        await UntilAsync(target, s => s.Streams.Open == 0);
        var books = target.Stats.Accounts["a"];
        Assert.All(all, ids => Assert.Equal((1, 40), (ids[0], ids[^1])));
        Assert.Equal(all.Sum(ids => ids.Length), books.Events);
        Assert.Equal(all.Sum(ids => 40 - ids.Distinct().Count()), books.Missed);
        Assert.Equal(all.Sum(ids => ids.Length - ids.Distinct().Count()), books.Duplicated);
        Assert.Equal((books.Faults["skip"], books.Faults["repeat"], books.Faults["swap"] + books.Faults["late"]), (books.Missed, books.Duplicated, books.Reordered));
        Assert.All(books.Faults, f => Assert.True(f.Value > 20, $"{f}"));
        Assert.Equal(books.Faults["late"], target.Stats.Faults["late"]);
    }

    [Theory]
    [InlineData("/api/events/x?account=a&last=5", "account needs last and user_id")]
    [InlineData("/api/events/x?account=a&user_id=5", "account needs last and user_id")]
    [InlineData("/api/events/x?account=A!&user_id=5&last=5", "expected 1 to 40 of a-z")]
    [InlineData("/api/events/x?last=0", "expected a whole number from 1 to 100000")]
    [InlineData("/api/events/x?last=100001", "expected a whole number from 1 to 100000")]
    [InlineData("/api/events/filtered?types=update&last=5", "last and types do not go together")]
    [InlineData("/api/events/x?late=101", "expected a percentage from 0 to 100")]
    [InlineData("/api/events/x?late=60&skip=60", "skip, repeat, swap and late together must not exceed 100 percent")]
    public async Task What_makes_no_sense_is_refused(string path, string why)
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, path);
        Assert.Equal(HttpStatusCode.BadRequest, client.Status);
        Assert.Contains(why, await client.Response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_counts_a_client_that_has_got_nothing_as_one_that_misses_nothing()
    {
        var totals = new AccountTotals();
        new DeliveryLedger(10).AddTo(totals);
        Assert.Equal((1, 0, 0), (totals.Streams, totals.Missed, totals.Events));
    }

    private static (long, long, long, long, long, long) Numbers(AccountStats a) =>
        (a.Streams, a.Complete, a.Events, a.Missed, a.Duplicated, a.Reordered);
}
