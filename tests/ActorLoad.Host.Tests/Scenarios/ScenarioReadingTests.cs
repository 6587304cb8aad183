using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class ScenarioReadingTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_minimal_scenario_has_the_defaults_of_the_model()
    {
        var scenario = _folder.Valid(ScenarioFolder.Minimal).Scenario!;
        Assert.Equal(("minimal", new Uri("http://127.0.0.1:5080")), (scenario.Name, scenario.BaseUrl));
        Assert.Equal(new HttpSettings { Headers = scenario.Http.Headers }, scenario.Http);
        Assert.Empty(scenario.Http.Headers);
        Assert.Equal((LoadModel.Closed, 5, TimeSpan.FromSeconds(10)), (scenario.Load.Model, scenario.Load.PeakUsers, scenario.Load.Duration));
        Assert.Empty(scenario.Thresholds);
        Assert.Equal(TimeSpan.Zero, scenario.GracefulStop);
        var type = Assert.Single(scenario.UserTypes);
        Assert.Equal(("reader", 1, DurationRange.Zero), (type.Name, type.Weight, type.Wait));
        var task = Assert.Single(type.Tasks);
        Assert.Equal(("read", 1), (task.Name, task.Weight));
        var step = Assert.IsType<SubscribeStep>(Assert.Single(task.Steps));
        var defaults = new SubscribeStep { Stream = "main", Path = Template.Literal("/events") };
        Assert.Equal(defaults with { Query = step.Query, Headers = step.Headers, Settings = step.Settings }, step);
        var reconnect = new ReconnectSettings();
        Assert.Equal(reconnect.OnStatus, step.Settings.Reconnect.OnStatus);
        Assert.Equal(new StreamSettings { Reconnect = reconnect }, step.Settings with { Reconnect = reconnect });
    }

    [Fact]
    public void Every_kind_of_step_is_read_with_every_key()
    {
        var scenario = _folder.Valid(ScenarioFolder.Minimal + """
            scenario.users.reader.tasks.read.steps = [
              { subscribe { stream = main, path = "/e", query { a = "{{user.id}}", b = 1 }, headers { X-A = y }, method = POST
                            body = x, resume = false, within = 3s } }
              { await { stream = main, events = 2, event = tick, data-contains = "{{user.id}}", within = 1.5s } }
              { listen { stream = main, for = 500ms, min-events = 3, min-heartbeats = 4 } }
              { drop = main }, { drop { stream = main } }
              { reconnect = main }, { reconnect { stream = main, within = 2m } }
              { close = main }, { close { stream = main } }
              { pause = 1s }, { pause { min = 1s, max = 2s } }, { pause { for = 3s } }, { pause { for { min = 0, max = 1h } } }
              { request { method = PUT, path = "/r", query { q = z }, headers { H = v }, body = b, expect-status = [ 200, 202 ], within = 9s } }
              { request { path = "/r", expect-status = 204 } }
              { parallel = [ [ { pause = 1s }, { close = main } ], { drop = main } ] }
            ]
            """).Scenario!;
        var steps = scenario.UserTypes[0].Tasks[0].Steps;
        Assert.Equal(16, steps.Count);
        var subscribe = (SubscribeStep)steps[0];
        Assert.Equal(("main", "/e", "POST", "x", false), (subscribe.Stream, subscribe.Path.Source, subscribe.Method, subscribe.Body!.Source, subscribe.Resume));
        Assert.Equal(TimeSpan.FromSeconds(3), subscribe.Within);
        Assert.Equal([new HeaderTemplate("a", Template.Parse("{{user.id}}")), new HeaderTemplate("b", Template.Parse("1"))], subscribe.Query);
        Assert.Equal([new HeaderTemplate("X-A", Template.Parse("y"))], subscribe.Headers);
        Assert.Equal(
            new AwaitStep { Stream = "main", Events = 2, Event = "tick", DataContains = Template.Parse("{{user.id}}"), Within = TimeSpan.FromSeconds(1.5) },
            steps[1]);
        Assert.Equal(new ListenStep { Stream = "main", For = TimeSpan.FromSeconds(0.5), MinEvents = 3, MinHeartbeats = 4 }, steps[2]);
        Assert.Equal([new DropStep("main"), new DropStep("main")], steps.Skip(3).Take(2));
        Assert.Equal([new ReconnectStep("main"), new ReconnectStep("main") { Within = TimeSpan.FromMinutes(2) }], steps.Skip(5).Take(2));
        Assert.Equal([new CloseStep("main"), new CloseStep("main")], steps.Skip(7).Take(2));
        Assert.Equal([Pause(1, 1), Pause(1, 2), Pause(3, 3), Pause(0, 3600)], steps.Skip(9).Take(4));
        var request = (RequestStep)steps[13];
        Assert.Equal(("PUT", "/r", "b", TimeSpan.FromSeconds(9)), (request.Method, request.Path.Source, request.Body!.Source, request.Within));
        Assert.Equal([200, 202], request.ExpectStatus);
        Assert.Equal([204], ((RequestStep)steps[14]).ExpectStatus);
        var parallel = (ParallelStep)steps[15];
        Assert.Equal([Pause(1, 1), new CloseStep("main")], parallel.Branches[0]);
        Assert.Equal([new DropStep("main")], parallel.Branches[1]);
    }

    [Fact]
    public void Stream_settings_are_inherited_key_by_key()
    {
        var scenario = _folder.Valid(ScenarioFolder.Minimal + """
            scenario {
              stall-after = 45s
              reconnect { min-backoff = 1s, jitter = 0.5, on-status = [ 500 ] }
              measure { sequence = id }
              users.reader {
                reconnect { max-attempts = 7, jitter = 0 }
                measure { sent-at = "/ts" }
                limits { max-line = 2KiB }
                tasks.read.steps = [
                  { subscribe { stream = a, path = "/a" } }
                  { subscribe { stream = b, path = "/b", stall-after = 0, limits { max-event = 1KiB }, reconnect { on-status = [], enabled = false }
                                measure { sequence = "/n", heartbeat = beat } } }
                ]
              }
              users.other.tasks.t.steps = [ { subscribe { stream = c, path = "/c" } } ]
            }
            """).Scenario!;
        var a = ((SubscribeStep)scenario.UserTypes[0].Tasks[0].Steps[0]).Settings;
        var b = ((SubscribeStep)scenario.UserTypes[0].Tasks[0].Steps[1]).Settings;
        var c = ((SubscribeStep)scenario.UserTypes[1].Tasks[0].Steps[0]).Settings;
        Assert.Equal((TimeSpan.FromSeconds(45), TimeSpan.Zero, TimeSpan.FromSeconds(45)), (a.StallAfter, b.StallAfter, c.StallAfter));
        Assert.Equal((1.0, 0.0, 7, true), (a.Reconnect.MinBackoff.TotalSeconds, a.Reconnect.Jitter, a.Reconnect.MaxAttempts, a.Reconnect.Enabled));
        Assert.Equal((1.0, 0.0, 7, false), (b.Reconnect.MinBackoff.TotalSeconds, b.Reconnect.Jitter, b.Reconnect.MaxAttempts, b.Reconnect.Enabled));
        Assert.Equal((1.0, 0.5, 0), (c.Reconnect.MinBackoff.TotalSeconds, c.Reconnect.Jitter, c.Reconnect.MaxAttempts));
        Assert.Equal([500], a.Reconnect.OnStatus);
        Assert.Empty(b.Reconnect.OnStatus);
        Assert.Equal(new MeasureSettings { Sequence = "id", SentAt = "/ts" }, a.Measure);
        Assert.Equal(new MeasureSettings { Sequence = "/n", SentAt = "/ts", Heartbeat = "beat" }, b.Measure);
        Assert.Equal(new MeasureSettings { Sequence = "id" }, c.Measure);
        Assert.Equal(new LimitSettings { MaxLine = 2048 }, a.Limits);
        Assert.Equal(new LimitSettings { MaxLine = 1024, MaxEvent = 1024 }, b.Limits);
        Assert.Equal(new LimitSettings(), c.Limits);
    }

    [Fact]
    public void Key_and_completeness_are_read_and_written()
    {
        var text = ScenarioFolder.Minimal + """
            scenario.measure { sequence = "/n", key = "/from" }
            scenario.users.other.tasks.t.steps = [
              { subscribe { stream = a, path = "/e" } }, { await { stream = a, complete = true } }, { listen { stream = a, for = 1s, complete = true } }
              { await { stream = a } }, { listen { stream = a, for = 1s } }
            ]
            """;
        var first = _folder.Valid(text);
        var again = _folder.Valid(first.ResolvedText!);
        foreach (var steps in new[] { first, again }.Select(r => r.Scenario!.UserTypes.Single(t => t.Name == "other").Tasks[0].Steps))
        {
            Assert.Equal(new MeasureSettings { Sequence = "/n", Key = "/from" }, ((SubscribeStep)steps[0]).Settings.Measure);
            Assert.Equal([true, false], steps.OfType<AwaitStep>().Select(a => a.Complete));
            Assert.Equal([true, false], steps.OfType<ListenStep>().Select(l => l.Complete));
        }
    }

    [Fact]
    public void The_example_of_the_design_is_read()
    {
        _folder.Environment["TOKEN"] = "t0p";
        var result = _folder.Valid("""
            scenario {
              name = "orders"
              base-url = "http://127.0.0.1:5080"
              http { version = "1.1", connect-timeout = 10s, headers { Authorization = "Bearer {{env.TOKEN}}" }
                     tls { ca-file = "", client-cert-file = "", client-key-file = "", insecure = false } }
              load { model = closed, stages = [ { duration = 10s, users = 100 }, { duration = 1m, users = 100 } ] }
              users {
                reader {
                  weight = 3
                  wait = { min = 1s, max = 3s }               # think time between tasks; a single duration is constant
                  on-start = [ { pause = 1s } ]   on-stop = [ { pause = 0s } ]          # steps
                  tasks {
                    read {
                      weight = 3
                      steps = [
                        { subscribe { stream = main, path = "/api/events/stream", query { user_id = "{{user.id}}" } } }
                        { listen { stream = main, for = 10s, min-events = 1 } }
                        { close { stream = main } }
                      ]
                    }
                  }
                }
              }
              measure { sequence = "id", sent-at = "/ts", sent-at-format = "unix-ms" }   # "id", or a JSON pointer into data
              reconnect { enabled = true, min-backoff = 500ms, max-backoff = 30s, jitter = 0.2, on-status = [ 502, 503, 504 ], max-attempts = 0 }
              stall-after = 45s
              limits { max-line = 1MiB, max-event = 8MiB, max-headers = 64KiB }
              thresholds { delivery_latency = [ "p99 < 250ms" ], events_missed = [ "count == 0" ], tasks_failed = [ "rate < 1%" ] }
              graceful-stop = 10s
            }
            """);
        var scenario = result.Scenario!;
        Assert.Equal((100, 70.0), (scenario.Load.PeakUsers, scenario.Load.Duration.TotalSeconds));
        Assert.Equal((1, 1), (scenario.UserTypes[0].OnStart.Count, scenario.UserTypes[0].OnStop.Count));
        Assert.Equal(
            [
                new Threshold("delivery_latency", "p99 < 250ms", "p99", "<", 250),
                new Threshold("events_missed", "count == 0", "count", "==", 0),
                new Threshold("tasks_failed", "rate < 1%", "rate", "<", 0.01),
            ],
            scenario.Thresholds);
        Assert.Equal("Bearer {{env.TOKEN}}", scenario.Http.Headers[0].Value.Source);
        Assert.DoesNotContain("t0p", result.ResolvedText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time_to_first_event", "p99.9<=0.5s", "p99.9", "<=", 500)]
    [InlineData("time_to_first_event", "mean < 20", "mean", "<", 20)]
    [InlineData("time_to_first_event", "count >= 1", "count", ">=", 1)]
    [InlineData("task_time", "max != 2m", "max", "!=", 120_000)]
    [InlineData("tasks_failed", "rate<0.01", "rate", "<", 0.01)]
    [InlineData("tasks_failed", " rate == 2.5 % ", "rate", "==", 0.025)]
    [InlineData("events", "per_second > 100", "per_second", ">", 100)]
    public void Thresholds_are_read(string metric, string expression, string aggregate, string op, double value)
    {
        var result = _folder.Valid(ScenarioFolder.Minimal + $"scenario.thresholds {{ {metric} = \"{expression}\" }}");
        Assert.Equal([new Threshold(metric, expression, aggregate, op, value)], result.Scenario!.Thresholds);
    }

    [Fact]
    public void Files_are_included_relative_to_the_file_that_says_so()
    {
        var folder = Path.GetDirectoryName(_folder.Write("base.conf", ScenarioFolder.Minimal + "unused = 1"))!;
        Directory.CreateDirectory(Path.Combine(folder, "parts"));
        _folder.Write("parts/users.conf", "weight = 7\ninclude \"tasks.conf\"");
        _folder.Write("parts/tasks.conf", "tasks.read.weight = ${weight}");
        var result = _folder.Valid("""
            include required(file("base.conf"))
            scenario.users.reader { include "parts/users.conf" }
            """);
        Assert.Equal(7, result.Scenario!.UserTypes[0].Tasks[0].Weight);

        var broken = _folder.Write("parts/tasks.conf", "\ntasks.read.weight = x");
        var mistake = Assert.Single(_folder.LoadFile(Path.Combine(folder, "test.conf")).Mistakes);
        Assert.Equal((broken, 2, "scenario.users.reader.tasks.read.weight"), (mistake.File, mistake.Line, mistake.Path));

        File.Delete(broken);
        mistake = Assert.Single(_folder.LoadFile(Path.Combine(folder, "test.conf")).Mistakes);
        Assert.Equal((2, "cannot include 'tasks.conf': there is no such file"), (mistake.Line, mistake.Message));
    }

    private static PauseStep Pause(double min, double max) =>
        new(new DurationRange(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max)));
}
