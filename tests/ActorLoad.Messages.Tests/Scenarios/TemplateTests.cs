using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Messages.Tests.Scenarios;

public sealed class TemplateTests
{
    private static readonly TemplateContext Context = new(42, "reader", new FixedTime());

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("{{user.id}}", "42")]
    [InlineData("a{{ user.id }}b{{user.type}}c", "a42breaderc")]
    [InlineData("{{now.ms}}", "1700000000123")]
    [InlineData("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1}}")]
    [InlineData("{{env.ACTORLOAD_NO_SUCH_VARIABLE}}|", "|")]
    public void Renders(string source, string expected)
    {
        var template = Template.Parse(source);
        Assert.Equal(expected, template.Render(Context));
        Assert.Equal(source, template.Source);
    }

    [Fact]
    public void Takes_variables_from_the_environment_and_names_them()
    {
        var template = Template.Parse("{{env.PATH}}-{{env.OTHER}}-{{user.id}}");
        Assert.Equal(["PATH", "OTHER"], template.EnvironmentNames);
        Assert.StartsWith(Environment.GetEnvironmentVariable("PATH") + "-", template.Render(Context), StringComparison.Ordinal);
        Assert.Equal("{{env.PATH}}-{{env.OTHER}}-{{user.id}}", template.ToString());
    }

    [Fact]
    public void Every_rendering_has_a_new_uuid()
    {
        var template = Template.Parse("{{uuid}}");
        var first = template.Render(Context);
        Assert.True(Guid.TryParse(first, out _));
        Assert.NotEqual(first, template.Render(Context));
    }

    [Theory]
    [InlineData("a {{user.id", "never closes it")]
    [InlineData("{{user.name}}", "'{{user.name}}'")]
    [InlineData("{{}}", "unknown template field")]
    [InlineData("{{env.}}", "unknown template field")]
    [InlineData("{{feed.}}", "unknown template field")]
    [InlineData("{{var.}}", "unknown template field")]
    public void Says_what_is_wrong(string source, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Template.Parse(source)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_variable_shows_what_the_user_has_extracted()
    {
        var template = Template.Parse("Bearer {{var.token}}/{{ var.job-id }}");
        Assert.Equal(["token", "job-id"], template.VariableNames);
        var context = Context with { Variables = new Dictionary<string, string> { ["token"] = "t", ["job-id"] = "7" } };
        Assert.Equal("Bearer t/7", template.Render(context));
    }

    [Fact]
    public void A_variable_that_is_not_set_yet_is_named()
    {
        var template = Template.Parse("{{var.token}}");
        Assert.Equal("token", Assert.Throws<UnsetVariableException>(() => template.Render(Context)).Variable);
        var other = Context with { Variables = new Dictionary<string, string> { ["other"] = "secret" } };
        var error = Assert.Throws<UnsetVariableException>(() => template.Render(other));
        Assert.Contains("'token'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_fields_renders_as_itself() => Gen.String.Sample(text =>
    {
        Assert.Equal(text, Template.Literal(text).Render(Context));
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            Assert.Equal(text, Template.Parse(text).Render(Context));
        }
    });

    [Fact]
    public void A_literal_keeps_what_looks_like_a_field() => Assert.Equal("{{user.id}}", Template.Literal("{{user.id}}").Render(Context));

    [Fact]
    public void A_secret_template_renders_but_does_not_show()
    {
        var template = Template.Parse("Bearer abc-{{user.id}}", isSecret: true);
        Assert.Equal(("Bearer abc-42", "***"), (template.Render(Context), template.ToString()));
        Assert.True(template.IsSecret);
        Assert.Equal("***", Template.Literal("abc", isSecret: true).ToString());
    }

    [Fact]
    public void Templates_are_equal_by_their_source()
    {
        Assert.Equal(Template.Parse("a{{uuid}}"), Template.Parse("a{{uuid}}"));
        Assert.NotEqual(Template.Parse("a"), Template.Parse("b"));
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
    }
}
