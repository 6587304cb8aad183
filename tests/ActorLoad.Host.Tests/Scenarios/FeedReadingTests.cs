using System.Text;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class FeedReadingTests : IDisposable
{
    private const string Accounts = "scenario.feeds.accounts { file = \"accounts.csv\" }\n";
    private const string Login = "scenario.users.reader.on-start = [ { request { method = POST, path = \"/login\", body = \"{{feed.user}}:{{feed.password}}\" } } ]\n";

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("user,password\nzoe,s1\nmax,s2\n")]
    [InlineData("user,password\r\nzoe,s1\r\nmax,s2")]
    [InlineData("\uFEFFuser,password\nzoe,s1\nmax,s2\n")]
    [InlineData("\n user , password\n\nzoe,s1\n\nmax,s2\n\n")]
    [InlineData("\"user\",\"password\"\n\"zoe\",s1\nmax,\"s2\"\n")]
    public void Rows_are_read_below_the_header(string csv)
    {
        var feed = Feed(csv, Accounts + Login);
        Assert.Equal(["user", "password"], feed.Columns);
        Assert.Equal(["zoe|s1", "max|s2"], feed.Rows.Select(r => string.Join('|', r)));
        Assert.Equal((FeedOrder.Sequential, 0, FeedEnd.Stop, ","), (feed.Order, feed.Seed, feed.AtEnd, feed.Delimiter));
    }

    [Fact]
    public void Quotes_hold_separators_quotes_and_line_breaks()
    {
        var feed = Feed("user,password\n\"a,b\",\"c\"\"d\"\n\"e\nf\", g \nü😀,\n", Accounts + Login);
        Assert.Equal(["a,b|c\"d", "e\nf| g ", "ü😀|"], feed.Rows.Select(r => string.Join('|', r)));
    }

    [Fact]
    public void Everything_about_a_feed_can_be_said()
    {
        var feed = Feed(
            "user;password\nzoe;a,b\n",
            "scenario.feeds.accounts { file = \"accounts.csv\", delimiter = \";\", order = random, seed = 7, at-end = wrap }\n" + Login);
        Assert.Equal(["zoe|a,b"], feed.Rows.Select(r => string.Join('|', r)));
        Assert.Equal((FeedOrder.Random, 7, FeedEnd.Wrap, ";"), (feed.Order, feed.Seed, feed.AtEnd, feed.Delimiter));
        Assert.True(Path.IsPathRooted(feed.File));
    }

    [Fact]
    public void A_tab_can_separate() => Assert.Equal(
        ["zoe|a,b"],
        Feed("user\tpassword\nzoe\ta,b\n", "scenario.feeds.accounts { file = \"accounts.csv\", delimiter = \"\\t\" }\n" + Login).Rows.Select(r => string.Join('|', r)));

    [Theory]
    [InlineData("", 0, "the file is empty")]
    [InlineData("\n\n", 0, "the file is empty")]
    [InlineData("user,password\n", 0, "the file has no rows below its header")]
    [InlineData("user,password\nzoe,SECRET\nmax\n", 3, "the row has 1 field, the header has 2 fields")]
    [InlineData("user,password\n\nzoe,SECRET,x\n", 3, "the row has 3 fields, the header has 2 fields")]
    [InlineData("user,password\nzoe,SE\"CRET\n", 2, "broken quoting")]
    [InlineData("user,password\nzoe,\"SECRET\"x\n", 2, "broken quoting")]
    [InlineData("user,password\na,b\nzoe,\"SECRET\nmax,c\n", 3, "broken quoting")]
    [InlineData("user,\"password\nzoe,SECRET\n", 1, "broken quoting")]
    [InlineData("user,\nzoe,SECRET\n", 1, "column 2 has no name")]
    [InlineData("\nuser, user\nzoe,SECRET\n", 2, "there are two columns named 'user'")]
    [InlineData("user,pass}}word\nzoe,SECRET\n", 1, "the name of column 2 contains '}}'")]
    public void A_mistake_in_the_file_names_its_line_and_shows_no_value(string csv, int line, string problem)
    {
        _folder.Write("accounts.csv", csv);
        var mistake = Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + Accounts + Login));
        Assert.StartsWith($"accounts.csv{(line > 0 ? $":{line}" : "")}: scenario.feeds.accounts: {problem}", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_utf8_is_refused()
    {
        var path = _folder.Write("accounts.csv", "");
        File.WriteAllBytes(path, [.. "user\n"u8, 0xC3, 0x28, (byte)'\n']);
        Assert.Contains("no valid UTF-8", Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + Accounts)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_full_of_mistakes_does_not_tell_all_of_them()
    {
        _folder.Write("accounts.csv", "user,password\n" + string.Concat(Enumerable.Repeat("x\n", 1000)));
        Assert.Equal(10, _folder.Mistakes(ScenarioFolder.Minimal + Accounts).Count);
    }

    /// <summary>Line 7 is the first one that is added.</summary>
    [Theory]
    [InlineData("scenario.feeds.other { file = \"none.csv\" }", 7, "scenario.feeds.other.file: there is no file '")]
    [InlineData("scenario.feeds.other { }", 7, "scenario.feeds.other.file: expected the name of a CSV file, found nothing")]
    [InlineData("scenario.feeds.other { file = \"\" }", 7, "expected the name of a CSV file, found an empty text")]
    [InlineData("scenario.feeds.other { file = \"accounts.csv\", order = backwards }", 7, "expected one of sequential, random, found 'backwards'")]
    [InlineData("scenario.feeds.other { file = \"accounts.csv\", at-end = loop }", 7, "expected one of stop, wrap, found 'loop'")]
    [InlineData("scenario.feeds.other { file = \"accounts.csv\", seed = -1 }", 7, "expected a whole number of at least 0")]
    [InlineData("scenario.feeds.other { file = \"accounts.csv\", delimiter = \"::\" }", 7, "expected one ASCII character that separates fields")]
    [InlineData("scenario.feeds.other { file = \"accounts.csv\", delimiter = \"\\\"\" }", 7, "expected one ASCII character")]
    [InlineData("scenario.feeds.other { file = \"accounts.csv\", oder = random }", 7, "unknown key 'oder'; did you mean 'order'?")]
    [InlineData("scenario.feeds.\"a b\" { file = \"accounts.csv\" }", 7, "the name of a feed has to be")]
    [InlineData("scenario.feeds = accounts", 7, "expected an object of feeds")]
    [InlineData("scenario.http.headers.X = \"{{feed.usr}}\"", 7, "scenario.http.headers.X: no feed has a column 'usr'; did you mean 'user'?")]
    [InlineData("scenario.http.headers.X = \"{{feed.zzzzzzzzz}}\"", 7, "no feed has a column 'zzzzzzzzz'; known here: user, password")]
    [InlineData("scenario.http.headers.X = \"{{feed.account.user}}\"", 7, "no feed has a column 'account.user'")]
    [InlineData("scenario.feeds.more { file = \"accounts.csv\" }, scenario.http.headers.X = \"{{feed.user}}\"", 7, "more than one feed has a column 'user'; write {{feed.accounts.user}} or {{feed.more.user}}")]
    public void A_mistake_about_a_feed_names_the_line_of_the_scenario(string added, int line, string problem)
    {
        _folder.Write("accounts.csv", "user,password\nzoe,s\n");
        var mistake = Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + "scenario.feeds.accounts.file = \"accounts.csv\", " + added));
        Assert.StartsWith($"test.conf:{line}: ", mistake, StringComparison.Ordinal);
        Assert.Contains(problem, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_that_is_broken_does_not_make_a_mistake_of_each_field()
    {
        _folder.Write("accounts.csv", "user\n");
        Assert.Single(_folder.Mistakes(ScenarioFolder.Minimal + Accounts + Login));
    }

    [Fact]
    public void Two_feeds_may_share_a_column_when_fields_name_the_feed()
    {
        _folder.Write("a.csv", "user\na0\n");
        _folder.Write("b.csv", "user\nb0\n");
        var scenario = _folder.Valid(ScenarioFolder.Minimal + """
            scenario.feeds { a.file = "a.csv", b.file = "b.csv" }
            scenario.http.headers.X = "{{feed.a.user}}-{{feed.b.user}}"
            """).Scenario!;
        var context = new TemplateContext(0, "reader", TimeProvider.System) { Feeds = new FeedFields(scenario, scenario.UserTypes[0]) };
        Assert.Equal("a0-b0", scenario.Http.Headers[0].Value.Render(context));
    }

    [Fact]
    public void The_resolved_text_names_the_file_shows_no_row_and_loads_again()
    {
        _folder.Write("accounts.csv", "user;password\nzoe;S3CRET\n");
        var first = _folder.Valid(
            ScenarioFolder.Minimal + "scenario.feeds.accounts { file = \"accounts.csv\", delimiter = \";\", order = random, seed = 7, at-end = wrap }\n" + Login);
        Assert.DoesNotContain("S3CRET", first.ResolvedText, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe", first.ResolvedText, StringComparison.Ordinal);

        // From another folder, as the copy in a run folder is.
        var elsewhere = Directory.CreateTempSubdirectory("actorload-elsewhere-");
        try
        {
            var copy = Path.Combine(elsewhere.FullName, "scenario.conf");
            File.WriteAllText(copy, first.ResolvedText);
            var again = _folder.LoadFile(copy);
            Assert.Equal("", string.Join('\n', again.Mistakes));
            Assert.Equal(first.ResolvedText, again.ResolvedText);
            Assert.Equal(
                first.Scenario!.Feeds.Select(f => (f.Name, string.Join(',', f.Rows[0]), f.Order, f.Seed, f.AtEnd)),
                again.Scenario!.Feeds.Select(f => (f.Name, string.Join(',', f.Rows[0]), f.Order, f.Seed, f.AtEnd)));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_plan_tells_how_many_rows_there_are_and_none_of_them()
    {
        _folder.Write("accounts.csv", "user,password\nzoe,S3CRET\nmax,b\n");
        var lines = PlanDescription.Describe(_folder.Valid(ScenarioFolder.Minimal + Accounts + Login).Scenario!);
        Assert.Contains("feed       accounts: 2 rows of user, password, users beyond the rows do not start", lines);
        Assert.DoesNotContain(lines, l => l.Contains("S3CRET", StringComparison.Ordinal));
    }

    private Feed Feed(string csv, string added)
    {
        File.WriteAllBytes(_folder.Write("accounts.csv", ""), new UTF8Encoding(false).GetBytes(csv));
        return Assert.Single(_folder.Valid(ScenarioFolder.Minimal + added).Scenario!.Feeds);
    }
}
