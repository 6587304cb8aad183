using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Messages.Tests.Scenarios;

public sealed class FeedTests
{
    [Fact]
    public void In_sequence_the_row_has_the_number_of_the_user()
    {
        var feed = Rows(3);
        Assert.Equal([0, 1, 2], new long[] { 0, 1, 2 }.Select(feed.RowOf));
    }

    [Fact]
    public void Beyond_the_last_row_there_is_none_or_the_first_again()
    {
        Assert.Equal([-1, -1], new long[] { 3, 4_000_000_000 }.Select(Rows(3).RowOf));
        Assert.Equal([0, 1, 2], new long[] { 3, 4, 5_000_000_000 }.Select(Rows(3, end: FeedEnd.Wrap).RowOf));
    }

    [Fact]
    public void Shuffled_every_row_is_given_exactly_once_a_round() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[0, int.MaxValue], Gen.Long[0, 3]).Sample(
            (count, seed, round) =>
            {
                var feed = Rows(count, FeedOrder.Random, seed, FeedEnd.Wrap);
                var given = Enumerable.Range(0, count).Select(i => feed.RowOf((round * count) + i)).Order();
                Assert.Equal(Enumerable.Range(0, count), given);
            },
            iter: 200);

    [Fact]
    public void The_same_seed_shuffles_alike_and_another_one_differently()
    {
        var first = Order(Rows(1000, FeedOrder.Random, seed: 7));
        Assert.Equal(first, Order(Rows(1000, FeedOrder.Random, seed: 7)));
        Assert.NotEqual(first, Order(Rows(1000, FeedOrder.Random, seed: 8)));
        Assert.NotEqual(Enumerable.Range(0, 1000), first);

        // Written down, so that an old run can be repeated with a new version.
        Assert.Equal([0, 3, 6, 7, 5, 1, 4, 2], Order(Rows(8, FeedOrder.Random, seed: 1)));
    }

    [Fact]
    public void A_shuffle_favours_no_row()
    {
        // 5 rows, 5,000 seeds: each should come first about 1,000 times; the standard deviation is 28.
        var first = Enumerable.Range(0, 5000).GroupBy(seed => Rows(5, FeedOrder.Random, seed).RowOf(0)).Select(g => g.Count());
        Assert.All(first, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void A_field_is_found_by_its_column_or_by_feed_and_column()
    {
        Feed[] feeds = [Named("a", "user", "x.y"), Named("b", "pin", "user"), Named("x", "y")];
        Assert.Equal(["b.pin"], Found("pin"));
        Assert.Equal(["a.user", "b.user"], Found("user"));
        Assert.Equal(["b.user"], Found("b.user"));
        Assert.Equal(["a.x.y", "x.y"], Found("x.y"));
        Assert.Empty(Found("nothing"));

        IEnumerable<string> Found(string field) => FeedFields.Find(feeds, field).Select(f => $"{f.Feed.Name}.{f.Feed.Columns[f.Column]}");
    }

    [Fact]
    public void Only_feeds_that_a_user_type_shows_keep_its_users_from_starting()
    {
        var scenario = Scenario([Named("short", "user") with { Rows = [["u0"]] }], "/{{feed.user}}", "/plain");
        Assert.Equal("short", new FeedFields(scenario, scenario.UserTypes[0]).ExhaustedFor(1));
        Assert.Null(new FeedFields(scenario, scenario.UserTypes[0]).ExhaustedFor(0));
        Assert.Null(new FeedFields(scenario, scenario.UserTypes[1]).ExhaustedFor(1));
    }

    [Fact]
    public void A_template_shows_the_row_of_its_user()
    {
        var feed = Named("f", "user", "password") with { Rows = [["u0", "p0"], ["u1", "p1"]] };
        var scenario = Scenario([feed], "/{{feed.user}}?p={{feed.f.password}}");
        var context = new TemplateContext(1, "t", TimeProvider.System) { Feeds = new FeedFields(scenario, scenario.UserTypes[0]) };
        Assert.Equal("/u1?p=p1", Template.Parse("/{{feed.user}}?p={{ feed.f.password }}").Render(context));
    }

    [Fact]
    public void A_field_without_its_feed_is_refused_before_any_user_starts()
    {
        var scenario = Scenario([], "/{{feed.user}}");
        Assert.Contains("feed.user", Assert.Throws<InvalidDataException>(() => new FeedFields(scenario, scenario.UserTypes[0])).Message);
    }

    private static IEnumerable<int> Order(Feed feed) => Enumerable.Range(0, feed.Rows.Count).Select(i => feed.RowOf(i));

    private static Feed Rows(int count, FeedOrder order = FeedOrder.Sequential, int seed = 0, FeedEnd end = FeedEnd.Stop) =>
        new("f", ["c"], [.. Enumerable.Range(0, count).Select(i => new[] { $"{i}" })], order, seed, end);

    private static Feed Named(string name, params string[] columns) =>
        new(name, columns, [columns], FeedOrder.Sequential, 0, FeedEnd.Stop);

    private static Scenario Scenario(IReadOnlyList<Feed> feeds, params string[] paths) => new()
    {
        Name = "s",
        BaseUrl = new Uri("http://x/"),
        Load = LoadPlan.Closed([]),
        Feeds = feeds,
        UserTypes = [.. paths.Select((p, i) => new UserType
        {
            Name = $"t{i}",
            Tasks = [new TaskDefinition("t", 1, [new ParallelStep([[new RequestStep { Path = Template.Parse(p) }]])])],
        })],
    };
}
