using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users;

public sealed class RequestBuilderTests
{
    private static readonly Scenario Scenario = new()
    {
        Name = "s",
        BaseUrl = new Uri("http://base.test:81/root/"),
        Load = LoadPlan.Closed([]),
        UserTypes = [],
        Http = new HttpSettings { Headers = [Value("Authorization", "Bearer {{user.id}}")] },
    };

    private static readonly TemplateContext Context = new(42, "reader", TimeProvider.System);

    [Theory]
    [InlineData("/api/{{user.id}}", "http://base.test:81/api/42")]
    [InlineData("api", "http://base.test:81/root/api")]
    [InlineData("?x={{user.type}}", "http://base.test:81/root/?x=reader")]
    [InlineData("", "http://base.test:81/root/")]
    [InlineData("https://other.test/x", "https://other.test/x")]
    public void A_path_is_rendered_and_resolved_against_the_base(string path, string expected) =>
        Assert.Equal(expected, Build(Sample.Subscribe(path: path)).Url.AbsoluteUri);

    [Theory]
    [InlineData("/x", "/x?a=1%262&b%20c=%C3%A9%2042")]
    [InlineData("/x?own=1", "/x?own=1&a=1%262&b%20c=%C3%A9%2042")]
    public void Query_parameters_are_escaped_and_appended(string path, string expected)
    {
        var step = Sample.Subscribe(path: path) with { Query = [Value("a", "1&2"), Value("b c", "é {{user.id}}")] };

        Assert.Equal(expected, Build(step).Url.PathAndQuery);
    }

    [Theory]
    [InlineData("ftp://x.test/")]
    [InlineData("http://{{user.type}} {{user.id}}/")]
    [InlineData("mailto:{{user.id}}@x.test")]
    public void A_path_that_gives_no_http_url_is_shown_as_written(string path)
    {
        var error = Assert.Throws<FormatException>(() => Build(Sample.Subscribe(path: path)));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void A_value_cannot_begin_another_header(string value)
    {
        var step = Sample.Subscribe() with { Headers = [Value("X-Token", "{{var.token}}")] };
        var context = Context with { Variables = new Dictionary<string, string> { ["token"] = value } };
        var error = Assert.Throws<FormatException>(() => RequestBuilder.Build(step, Scenario, context));

        Assert.Equal("the value of the header X-Token contains a line break", error.Message);
    }

    [Fact]
    public void Headers_of_the_scenario_come_first_and_those_of_the_step_after()
    {
        var request = Build(Sample.Subscribe() with { Headers = [Value("X-Own", "{{user.type}}"), Value("Authorization", "none")] });

        Assert.Equal(
            ["Authorization: Bearer 42", "X-Own: reader", "Authorization: none"],
            request.Headers.Select(h => $"{h.Key}: {h.Value}"));
    }

    [Fact]
    public void Method_and_body_are_the_steps()
    {
        var request = Build(Sample.Subscribe() with { Method = "POST", Body = Template.Parse("{\"user\":{{user.id}}}") });

        Assert.Equal(("POST", "{\"user\":42}"), (request.Method, request.Body));
    }

    [Fact]
    public void Without_a_body_there_is_none() => Assert.Null(Build(Sample.Subscribe()).Body);

    [Fact]
    public void A_request_step_is_built_alike()
    {
        var request = RequestBuilder.Build(
            Sample.Request("/api/{{user.id}}") with { Query = [Value("q", "1")], Body = Template.Literal("x") }, Scenario, Context);

        Assert.Equal("POST http://base.test:81/api/42?q=1 x", $"{request.Method} {request.Url} {request.Body}");
    }

    private static ActorLoad.Actors.Transport.StreamRequest Build(SubscribeStep step) =>
        RequestBuilder.Build(step, Scenario, Context);

    private static HeaderTemplate Value(string name, string value) => new(name, Template.Parse(value));
}
