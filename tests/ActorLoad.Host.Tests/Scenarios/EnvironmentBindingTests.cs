using System.Collections;
using System.Reflection;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>A scenario that runs elsewhere takes the values of its environment variables along.</summary>
public sealed class EnvironmentBindingTests : IDisposable
{
    private const string Everywhere = """
        scenario {
          http.headers { Authorization = "Bearer {{env.TOKEN}}" }
          users.reader {
            on-start = [ { request { path = "/a/{{env.TOKEN}}", query { a = "{{env.TOKEN}}" }, headers { A = "{{env.TOKEN}}" }, body = "{{env.TOKEN}}" } } ]
            on-stop = [ { request { path = "/b/{{user.id}}/{{env.TOKEN}}" } } ]
            tasks.read.steps = [
              { subscribe { stream = main, path = "/c/{{env.TOKEN}}", query { a = "{{env.TOKEN}}" }, headers { A = "{{env.TOKEN}}" }, body = "{{env.TOKEN}}" } }
              { parallel = [ [ { await { stream = main, data-contains = "{{env.TOKEN}}" } } ]
                             [ { await { stream = main, data-json { pointer = "/a", equals = "{{env.TOKEN}}" } } } ] ] }
            ]
          }
        }
        """;

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_template_needs_the_environment_any_more_and_all_that_did_are_secret()
    {
        _folder.Environment["TOKEN"] = "here";
        var scenario = _folder.Valid(ScenarioFolder.Minimal + Everywhere).Scenario!;
        Assert.Equal(12, Templates(scenario).Count(t => t.EnvironmentNames.Any()));

        var sent = WireMessages.Encode(new RunProtocol.SubmitRun(new RunOrder(
            new RunId("r"), EnvironmentBinding.Bind(scenario, _folder.Environment.GetValueOrDefault), "", DateTimeOffset.UnixEpoch)));
        var bound = ((RunProtocol.SubmitRun)WireMessages.Decode("submit-run/1", sent)).Order.Scenario;
        Assert.DoesNotContain(Templates(bound), t => t.EnvironmentNames.Any());
        Assert.Equal(12, Templates(bound).Count(t => t.IsSecret && t.ToString() == "***" && t.Source.Contains("here", StringComparison.Ordinal)));
        Assert.Equal("Bearer here", bound.Http.Headers[0].Value.Source);
        Assert.Equal("/b/{{user.id}}/here", ((RequestStep)bound.UserTypes[0].OnStop[0]).Path.Source);
    }

    [Fact]
    public void A_value_is_never_taken_for_a_field()
    {
        _folder.Environment["TOKEN"] = "{{user.id}}";
        var alone = Template.Parse("a {{env.TOKEN}}").Bound(_folder.Environment.GetValueOrDefault);
        Assert.True(alone.IsLiteral);
        Assert.Equal("a {{user.id}}", alone.Source);

        var problem = Assert.Throws<FormatException>(() => Template.Parse("{{uuid}} {{env.TOKEN}}").Bound(_folder.Environment.GetValueOrDefault));
        Assert.Contains("environment variable TOKEN has a '{' in it", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("user.id", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_fields_and_templates_without_variables_stay_as_they_are()
    {
        _folder.Environment["T"] = "x";
        Assert.Equal(
            "x{{user.id}}{{user.type}}{{now.ms}}{{uuid}}{{feed.a.b}}{{var.v}}x",
            Template.Parse("{{env.T}}{{user.id}}{{ user.type }}{{now.ms}}{{uuid}}{{feed.a.b}}{{var.v}}{{env.T}}").Bound(_folder.Environment.GetValueOrDefault).Source);
        var template = Template.Parse("{{user.id}}");
        Assert.Same(template, template.Bound(_ => throw new InvalidOperationException("nobody asked")));
    }

    // By reflection, so that a template in a place that binding does not know is found.
    private static IEnumerable<Template> Templates(object? part) => part switch
    {
        null or string => [],
        Template template => [template],
        IEnumerable list => list.Cast<object?>().SelectMany(Templates),
        _ when part.GetType().Namespace?.StartsWith("ActorLoad.Messages", StringComparison.Ordinal) == true && !part.GetType().IsEnum =>
            part.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetIndexParameters().Length == 0).SelectMany(p => Templates(p.GetValue(part))),
        _ => [],
    };
}
