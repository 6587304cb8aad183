using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>The objects within steps: until, data-json, extract; and what follows from them for reconnecting.</summary>
public sealed class StepPartsTests : IDisposable
{
    private const string Steps = "scenario.users.reader.tasks.read.steps";

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Until_data_json_done_and_extract_are_read()
    {
        var steps = Read("""
            { request { path = "/l", extract { token = "/access_token", id { json = "/a~1b/0" }, loc { header = Location } } } }
            { subscribe { stream = s, method = POST, path = "/s", body = "{{var.token}}", until { data = "[DONE]", event = end } } }
            { await { stream = s, data-json { pointer = "/n", equals = 5 } } }
            { await { stream = s, done = true, within = 9s } }
            """);
        Assert.Equal(
            [new Extraction("token", "/access_token", null), new Extraction("id", "/a~1b/0", null), new Extraction("loc", null, "Location")],
            ((RequestStep)steps[0]).Extract);
        Assert.Equal(new DoneMarker("[DONE]", "end"), ((SubscribeStep)steps[1]).Until);
        Assert.Equal(new DataMatch("/n", Template.Parse("5")), ((AwaitStep)steps[2]).DataJson);
        Assert.Equal((true, TimeSpan.FromSeconds(9)), (((AwaitStep)steps[3]).Done, ((AwaitStep)steps[3]).Within));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("method = GET", true)]
    [InlineData("method = get", true)]
    [InlineData("method = POST", false)]
    [InlineData("until { event = done }", false)]
    [InlineData("method = POST, reconnect { min-backoff = 1s }", false)]
    [InlineData("method = POST, reconnect { enabled = true }", true)]
    [InlineData("until { event = done }, reconnect.enabled = true", true)]
    public void What_would_be_done_again_comes_back_only_when_its_own_step_says_so(string added, bool comesBack)
    {
        var steps = Read($"{{ subscribe {{ stream = s, path = \"/s\", {added} }} }}", "scenario { reconnect.enabled = true, users.reader.reconnect.enabled = true }");
        Assert.Equal(comesBack, ((SubscribeStep)steps[0]).Settings.Reconnect.Enabled);
    }

    [Theory]
    [InlineData("{ subscribe { stream = s, path = \"/\", until { } } }", "until: expected data, event or both")]
    [InlineData("{ subscribe { stream = s, path = \"/\", until = done } }", "expected an object such as { data = \"[DONE]\" }")]
    [InlineData("{ subscribe { stream = s, path = \"/\", until { event = x, dat = x } } }", "unknown key 'dat'; did you mean 'data'?")]
    [InlineData("{ subscribe { stream = s, path = \"/\", until { data = \"{{user.id}}\" } } }", "no {{...}} fields are possible here")]
    [InlineData("{ await { stream = main, data-json { equals = x } } }", "data-json.pointer: expected a JSON pointer such as \"/id\", found nothing")]
    [InlineData("{ await { stream = main, data-json { pointer = \"/a\" } } }", "data-json.equals: expected the value that it has to have, found nothing")]
    [InlineData("{ await { stream = main, data-json { pointer = \"a\", equals = x } } }", "expected a JSON pointer such as \"/id\" (RFC 6901")]
    [InlineData("{ await { stream = main, data-json { pointer = \"/a~2\", equals = x } } }", "found '/a~2'")]
    [InlineData("{ await { stream = main, done = true } }", "done: the stream 'main' is never done: its subscribe step has no until { ... }")]
    [InlineData("{ subscribe { stream = s, path = \"/\", until { event = x } } }, { await { stream = s, done = true, events = 3 } }", "'events' and done = true exclude each other")]
    [InlineData("{ subscribe { stream = s, path = \"/\", until { event = x } } }, { await { stream = s, done = true, data-json { pointer = \"/a\", equals = b } } }", "'data-json' and done = true exclude each other")]
    [InlineData("{ await { stream = main, done = maybe } }", "expected true or false")]
    [InlineData("{ request { path = \"/\", extract = token } }", "extract: expected an object such as { token = \"/access_token\" }")]
    [InlineData("{ request { path = \"/\", extract { token = access } } }", "extract.token: expected a JSON pointer such as \"/id\", or { json")]
    [InlineData("{ request { path = \"/\", extract { token { } } } }", "extract.token: expected a JSON pointer such as \"/id\", or { json")]
    [InlineData("{ request { path = \"/\", extract { token { json = \"/a\", header = B } } } }", "extract.token: expected a JSON pointer such as \"/id\", or { json")]
    [InlineData("{ request { path = \"/\", extract { token { header = \"a b\" } } } }", "extract.token.header: expected the name of a response header, found 'a b'")]
    [InlineData("{ request { path = \"/\", extract { \"a b\" = \"/x\" } } }", "the name of a variable has to be")]
    [InlineData("{ request { path = \"/{{var.tokn}}\", extract { token = \"/t\" } } }", "no request of user type 'reader' extracts a variable 'tokn'; did you mean 'token'?")]
    [InlineData("{ request { path = \"/{{var.token}}\" } }", "no request of user type 'reader' extracts a variable 'token'")]
    [InlineData("{ await { stream = main, data-json { pointer = \"/a\", equals = \"{{var.x}}\" } } }", "no request of user type 'reader' extracts a variable 'x'")]
    public void A_mistake_within_a_step_is_told_with_its_place(string steps, string expected)
    {
        var mistake = Assert.Single(_folder.Mistakes(Text(steps)));
        Assert.StartsWith($"test.conf:8: {Steps}[", mistake, StringComparison.Ordinal);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_one_user_type_is_none_of_another()
    {
        var text = Text("""{ request { path = "/", extract { token = "/t" } } }""")
            + "scenario.users.other.tasks.t.steps = [ { request { path = \"/{{var.token}}\" } } ]\n";
        Assert.Contains("no request of user type 'other' extracts", Assert.Single(_folder.Mistakes(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_of_all_requests_cannot_show_what_one_of_them_extracts()
    {
        var text = Text("""{ request { path = "/", extract { token = "/t" } } }""") + "scenario.http.headers.Authorization = \"Bearer {{var.token}}\"\n";
        Assert.Contains(
            "scenario.http.headers.Authorization: {{var.token}} is possible in steps only",
            Assert.Single(_folder.Mistakes(text)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_resolved_text_reads_back_as_the_same()
    {
        const string steps = """
            { request { path = "/l", extract { "to.ken" = "/access~1token", loc { header = Location } } } }
            { subscribe { stream = s, method = POST, path = "/s/{{var.loc}}", until { data = "[DONE] \"x\"" } } }
            { subscribe { stream = t, path = "/s", until { event = done, data = "" }, reconnect { enabled = true } } }
            { await { stream = s, data-json { pointer = "/a/\"b\"", equals = "{{var.to.ken}}" } } }
            { await { stream = s, done = true, within = 9s } }
            """;
        var first = _folder.Valid(Text(steps));
        var again = _folder.Valid(first.ResolvedText!);
        Assert.Equal(first.ResolvedText, again.ResolvedText);
        var (before, after) = (first.Scenario!.UserTypes[0].Tasks[0].Steps, again.Scenario!.UserTypes[0].Tasks[0].Steps);
        Assert.Equal(((RequestStep)before[1]).Extract, ((RequestStep)after[1]).Extract);
        Assert.All([2, 3], i => Assert.Equal(((SubscribeStep)before[i]).Until, ((SubscribeStep)after[i]).Until));
        Assert.All([4, 5], i => Assert.Equal(before[i], after[i]));
        Assert.True(((SubscribeStep)after[3]).Settings.Reconnect.Enabled);
        Assert.False(((SubscribeStep)after[2]).Settings.Reconnect.Enabled);
    }

    [Fact]
    public void The_plan_tells_of_all_of_it()
    {
        var lines = PlanDescription.Describe(_folder.Valid(Text("""
            { request { path = "/l", extract { token = "/t" } } }
            { subscribe { stream = s, method = POST, path = "/s", until { data = "[DONE]" } } }
            { await { stream = s, data-json { pointer = "/n", equals = 5 } } }
            { await { stream = s, done = true, within = 9s } }
            """)).Scenario!);
        Assert.Contains(lines, l => l.EndsWith("request GET /l, expect any 2xx, extract token within 30s", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith("subscribe s: POST /s, open within 30s, done with data '[DONE]', without reconnecting", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith("await s: 1 event with '5' at /n within 30s", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith("await s: done within 9s", StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_of_the_command_line_knows_neither_feeds_nor_variables()
    {
        Assert.Throws<FormatException>(() => HeaderLine.Parse("X: {{feed.user}}"));
        Assert.Throws<FormatException>(() => HeaderLine.Parse("X: {{var.token}}"));
    }

    private static string Text(string steps, string added = "") => ScenarioFolder.Minimal + $"{added}\n"
        + $"{Steps} = [ {{ subscribe {{ stream = main, path = \"/events\" }} }}, {steps} ]\n";

    private IReadOnlyList<Step> Read(string steps, string added = "") =>
        [.. _folder.Valid(Text(steps, added)).Scenario!.UserTypes[0].Tasks[0].Steps.Skip(1)];
}
