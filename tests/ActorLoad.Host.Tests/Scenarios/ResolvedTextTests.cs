using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class ResolvedTextTests : IDisposable
{
    private const string Secret = "s3cr3t-v4lue";

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scenario.http.headers.Authorization = ${TOKEN}")]
    [InlineData("scenario.http.headers.Authorization = \"Bearer \"${?TOKEN}")]
    [InlineData("scenario.http.headers.Authorization = \"Bearer {{env.TOKEN}}\"")]
    [InlineData("scenario.http.headers.Authorization = ${auth}\nauth = ${TOKEN}")]
    [InlineData("scenario.users.reader.tasks.read.steps = [ { request { path = \"/x\", query { key = ${TOKEN} } } } ]")]
    [InlineData("scenario.users.reader.tasks.read.steps = [ { request { path = \"/x?key=\"${TOKEN} } } ]")]
    [InlineData("scenario.users.reader.tasks.read.steps = [ { request { path = \"/x\", body = ${TOKEN} } } ]")]
    [InlineData("scenario.users.reader.tasks.read.steps = [ { subscribe { stream = a, path = \"/x\" } }, { await { stream = a, event = ${TOKEN}, data-contains = ${TOKEN} } } ]")]
    [InlineData("scenario.base-url = \"http://host/\"${TOKEN}")]
    [InlineData("scenario.base-url = \"http://user:s3cr3t-v4lue@host/\"")]
    [InlineData("scenario.http.proxy = \"http://user:\"${TOKEN}\"@host/\"")]
    [InlineData("scenario.measure.heartbeat = ${TOKEN}")]
    public void A_value_from_the_environment_is_masked(string added)
    {
        _folder.Environment["TOKEN"] = Secret;
        var result = _folder.Valid(ScenarioFolder.Minimal + added);
        Assert.DoesNotContain(Secret, result.ResolvedText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_masked_value_still_reaches_the_target()
    {
        _folder.Environment["TOKEN"] = Secret;
        var result = _folder.Valid(ScenarioFolder.Minimal + "scenario.http.headers { A = \"Bearer \"${TOKEN}, B = \"{{env.TOKEN}}\" }");
        var headers = result.Scenario!.Http.Headers;
        Assert.Equal(("Bearer " + Secret, "***", "{{env.TOKEN}}"), (headers[0].Value.Source, headers[0].Value.ToString(), headers[1].Value.ToString()));
        Assert.Contains("A = \"***\"", result.ResolvedText, StringComparison.Ordinal);
        Assert.Contains("B = \"{{env.TOKEN}}\"", result.ResolvedText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenario.http.headers.A = ${TOKEN}", "{{user.nobody}} s3cr3t-v4lue")]
    [InlineData("scenario.http.headers.A = ${TOKEN}", "{{ s3cr3t-v4lue")]
    [InlineData("scenario.base-url = ${TOKEN}", Secret)]
    [InlineData("scenario.name = ${TOKEN}", "/" + Secret)]
    [InlineData("scenario.users.reader.weight = ${TOKEN}", Secret)]
    [InlineData("scenario.stall-after = ${TOKEN}", Secret)]
    [InlineData("scenario.thresholds.events = ${TOKEN}", Secret)]
    [InlineData("scenario.thresholds.events = { threshold = ${TOKEN} }", Secret)]
    [InlineData("scenario.load.model = ${TOKEN}", Secret)]
    [InlineData("scenario.measure.sequence = ${TOKEN}", Secret)]
    [InlineData("scenario.http.proxy = ${TOKEN}", Secret)]
    [InlineData("scenario.http.tls.ca-file = ${TOKEN}", Secret)]
    [InlineData("scenario.users.reader.on-stop = [ { close = ${TOKEN} } ]", "/" + Secret)]
    [InlineData("scenario.users.reader.on-stop = [ { request { path = ${TOKEN} } } ]", Secret)]
    public void No_mistake_shows_a_value_from_the_environment(string added, string value)
    {
        _folder.Environment["TOKEN"] = value;
        Assert.DoesNotContain(_folder.Mistakes(ScenarioFolder.Minimal + added), m => m.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_and_durations_from_the_environment_are_written_as_they_are()
    {
        (_folder.Environment["USERS"], _folder.Environment["LONG"]) = ("17", "90s");
        var result = _folder.Valid(ScenarioFolder.Minimal + "scenario.load.stages = [ { duration = ${LONG}, users = ${?USERS} } ]");
        Assert.Contains("{ duration = 90s, users = 17 }", result.ResolvedText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_resolved_text_is_a_scenario_with_the_same_resolved_text()
    {
        var rich = ScenarioFolder.Minimal + """
            scenario {
              graceful-stop = 1500ms, stall-after = 2m
              limits { max-line = 1000, max-headers = 32KiB }
              measure { sequence = "/a/\"q\"", key = "/b", heartbeat = "two\nlines" }
              http { proxy = "http://127.0.0.1:1", headers { "X.Y" = "a\\b {{uuid}}" } }
              thresholds { events = [ "count > 1", "per_second > 0.5/s" ], task_time = "p99.9 < 1s", bytes = "count < 1 GiB"
                tasks.t.task_time = [ "p50 < 900us", { threshold = "max < 1 h", abort-on-fail = true, delay = 90s } ]
                users { "o.k" { events = "count == 0", tasks.t.tasks_failed { threshold = "rate < 1%", abort-on-fail = on } }
                        reader.tasks { read.task_time = { threshold = "min != 5" } } } }
              users.reader.on-start = [ { pause = 0.5s } ]
              users."o.k" { weight = 2, wait { min = 1ms, max = 1.5ms }, tasks.t.steps = [
                { subscribe { stream = main, path = "/e", query { "a b" = "ü" }, body = "{\"x\":1}", reconnect { jitter = 0.05, on-status = [] } } }
                { parallel = [ [ { await { stream = main, event = "", data-contains = x } } ], [ { listen { stream = main, for = 1h, complete = true } }, { await { stream = main, complete = true } } ] ] }
                { drop = main }, { reconnect = main }, { close = main }
                { request { path = "/r", method = DELETE, expect-status = [ 200, 404 ] } }
              ] }
            }
            """;
        AssertStable(rich);
        AssertStable(ScenarioFolder.Minimal + """
            scenario.measure { sequence = id, key = "/from" }
            scenario.users.reader.tasks.read.steps = [ { subscribe { stream = main, path = "/e", measure.sequence = "" } } ]
            """);
        AssertStable(ScenarioFolder.Minimal);
    }

    [Fact]
    public void A_capped_and_scaled_plan_is_written_as_the_plan_it_is()
    {
        var plan = "scenario.load.stages = [ { duration = 10s, users = 100 }, { duration = 0s, users = 50 }, { duration = 1m, users = 50 } ]";
        var result = _folder.Valid(ScenarioFolder.Minimal + plan, new ScenarioOverrides { Users = 20, Duration = TimeSpan.FromSeconds(5) });
        var again = _folder.Valid(result.ResolvedText!).Scenario!.Load;
        Assert.Equal(10, again.PeakUsers);
        for (var ms = 0; ms < 6000; ms += 100)
        {
            var at = TimeSpan.FromMilliseconds(ms);
            Assert.Equal(result.Scenario!.Load.TargetUsersAt(at), again.TargetUsersAt(at));
        }
    }

    private void AssertStable(string text)
    {
        var scenario = _folder.Valid(text);
        var first = scenario.ResolvedText!;
        var second = _folder.Valid(first);
        Assert.Equal(first, second.ResolvedText);
        Assert.Equal(scenario.Scenario!.Thresholds, second.Scenario!.Thresholds);
    }
}
