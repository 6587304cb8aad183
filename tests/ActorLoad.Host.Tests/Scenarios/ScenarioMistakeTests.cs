using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class ScenarioMistakeTests : IDisposable
{
    private const string Steps = "scenario.users.reader.tasks.read.steps";

    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mistake_names_file_line_path_and_what_was_expected()
    {
        var mistakes = _folder.Mistakes("""
            scenario {
              name = orders
              base-url = "http://127.0.0.1:5080"
              load { stages = [ { duration = 10s, users = 5 } ] }
              users {
                reader {
                  tasks {
                    read {
                      steps = [
                        { subscribe { stream = main, path = "/events" } }
                        { await { stream = main
                                  within = abc } }
                      ]
                    }
                  }
                }
              }
            }
            """);
        Assert.Equal(
            [$"test.conf:12: {Steps}[1].await.within: expected a duration above zero such as 500ms, 10s, 5m, 2h, found 'abc'"],
            mistakes);
    }

    [Fact]
    public void All_mistakes_come_at_once_in_the_order_of_the_file()
    {
        var mistakes = _folder.Mistakes("""
            scenario {
              name = "no good"
              base-url = nowhere
              htpp { }
              load { stages = [ { duration = 10, users = -1 }, { users = 1 } ] }
              users {
                reader {
                  weight = 0
                  wait = { min = 3s, max = 1s }
                  tasks.read.steps = [ { subscribe { stream = main, path = "/e" } }
                                       { await { stream = mian } }
                                       { lissten { } } ]
                }
              }
              thresholds { event = [ "count == 0" ], events = [ "p99 < 1s" ] }
            }
            typo = 1
            """);
        Assert.Equal(
            [
                "2: scenario.name", "3: scenario.base-url", "4: scenario.htpp", "5: scenario.load.stages[0].duration",
                "5: scenario.load.stages[0].users", "5: scenario.load.stages[1].duration", "8: scenario.users.reader.weight",
                "9: scenario.users.reader.wait.min", $"11: {Steps}[1].await.stream", $"12: {Steps}[2].lissten",
                "15: scenario.thresholds.event", "15: scenario.thresholds.events[0]", "17: typo",
            ],
            mistakes.Select(m => m[10..m.IndexOf(": ", 14, StringComparison.Ordinal)]));
    }

    /// <summary>Each row is added to a valid scenario (whose text has 7 lines) and makes exactly this mistake.</summary>
    [Theory]
    [InlineData("scenario.http.conect-timeout = 1s", "scenario.http.conect-timeout: unknown key 'conect-timeout'; did you mean 'connect-timeout'?")]
    [InlineData("scenario.http.maxConnecting = 1", "unknown key 'maxConnecting'; did you mean 'max-connecting'?")]
    [InlineData("scenario.http.colour = red", "unknown key 'colour'; known here: version, streams-per-connection, ")]
    [InlineData("scenarios { }", "scenarios: unknown key 'scenarios'; did you mean 'scenario'?")]
    [InlineData("scenario.load.model = opne", "expected one of closed, open, found 'opne'")]
    [InlineData("scenario.load.stages = [ { duration = 1m, rate = 50 } ]", "scenario.load.stages[0].rate: a rate belongs to the open model")]
    [InlineData("scenario.load.stages = []", "the plan has no stages")]
    [InlineData("scenario.load.stages = { }", "expected a list of stages such as")]
    [InlineData("scenario.load.stages = [ { duration = 1m, users = 0 } ]", "the plan never has a user")]
    [InlineData("scenario.load.stages = [ { duration = 0s, users = 9 } ]", "the plan has no length")]
    [InlineData("scenario.load.stages = [ { duration = 1s, users = 9 }, { duration = 0s, users = 10 } ]", "stages[1]: the last stage has no length")]
    [InlineData("scenario.load.stages = [ { duration = 1m, users = 10000001 } ]", "expected a whole number from 0 to 10000000, found '10000001'")]
    [InlineData("scenario.load.stages = [ { duration = 31d, users = 1 } ]", "expected a duration")]
    [InlineData("scenario.load = null", "scenario.load: expected an object with stages")]
    [InlineData("scenario.name = null", "scenario.name: expected a name for the scenario, found nothing")]
    [InlineData("scenario.name = \"\"", "found an empty text")]
    [InlineData("scenario.name = \"a/b\"", "found 'a/b'")]
    [InlineData("scenario.base-url = null", "scenario.base-url: expected an absolute http or https URL without query and fragment, found nothing")]
    [InlineData("scenario.base-url = \"ftp://x\"", "expected an absolute http or https URL")]
    [InlineData("scenario.base-url = \"/only/path\"", "expected an absolute http or https URL")]
    [InlineData("scenario.base-url = \"http://x/?q=1\"", "without query")]
    [InlineData("scenario.base-url = \"http://{{user.id}}/\"", "no {{...}} fields are possible here")]
    [InlineData("scenario.users = null, scenario.users = { }", "expected at least one user type")]
    [InlineData("scenario.users = null", "scenario.users: expected an object of user types")]
    [InlineData("scenario.users = [ ]", "found a list")]
    [InlineData("scenario.users.reader.weight = 10001", "expected a whole number from 1 to 10000, found '10001'")]
    [InlineData("scenario.users.reader.weight = 1.5", "expected a whole number")]
    [InlineData("scenario.users.reader.wait = { min = 1s }", "scenario.users.reader.wait.max: expected a duration")]
    [InlineData("scenario.users.reader.wait = -1s", "expected a duration such as 500ms, 10s, 5m, 2h, or { min = 1s, max = 3s }, found '-1s'")]
    [InlineData("scenario.users.reader.wait = 1 week", "found '1 week'")]
    [InlineData("scenario.users.other { }", "scenario.users.other.tasks: expected an object of tasks")]
    [InlineData("scenario.users.other.tasks { }", "expected at least one task")]
    [InlineData("scenario.users.other.tasks.t { }", "scenario.users.other.tasks.t.steps: expected a list of steps")]
    [InlineData("scenario.users.other.tasks.t.steps = []", "expected at least one step")]
    [InlineData("scenario.users.other.tasks.t.stpes = [ { pause = 1s } ], scenario.users.other.tasks.t.steps = [ { pause = 1s } ]", "did you mean 'steps'?")]
    [InlineData("scenario.users.\"a b\".tasks.t.steps = [ { pause = 1s } ]", "scenario.users.\"a b\": the name of a user type has to be")]
    [InlineData("scenario.users.reader.tasks.\"a/b\".steps = [ { pause = 1s } ]", "the name of a task has to be")]
    [InlineData("scenario.stall-after = 5", "expected a duration such as")]
    [InlineData("scenario.reconnect.jitter = 1.1", "expected a number from 0 to 1, found '1.1'")]
    [InlineData("scenario.reconnect { min-backoff = 2s, max-backoff = 1s }", "min-backoff (2s) must not be above max-backoff (1s)")]
    [InlineData("scenario.reconnect.on-status = [ 99 ]", "scenario.reconnect.on-status[0]: expected an HTTP status from 100 to 599, found '99'")]
    [InlineData("scenario.reconnect.enabled = maybe", "expected true or false, found 'maybe'")]
    [InlineData("scenario.limits { max-line = 2MiB, max-event = 1MiB }", "max-line (2MiB) must not be above max-event (1MiB)")]
    [InlineData("scenario.limits.max-line = 1MB", "expected a size such as 1MiB, 64KiB, 512B, at most 1GiB, found '1MB'")]
    [InlineData("scenario.limits.max-event = 0", "expected a size")]
    [InlineData("scenario.measure.sequence = number", "expected \"id\", a JSON pointer")]
    [InlineData("scenario.measure.sequence = \"/a~2b\"", "scenario.measure.sequence: '/a~2b' is no JSON pointer: '~' has to be followed by 0")]
    [InlineData("scenario.measure { sequence = id, key = id }", "scenario.measure.key: expected a JSON pointer into the data such as \"/publisher\", or an empty text, found 'id'")]
    [InlineData("scenario.measure.key = \"/p\"", "scenario.measure.key: a key tells several sequences of a stream apart: expected sequence beside it or above")]
    [InlineData("scenario.users.reader.on-start = [ { subscribe { stream = s, path = \"/\" } }, { await { stream = s, complete = true } } ]", "on-start[1].await.complete: nothing tells what stream 's' has missed: expected measure.sequence")]
    [InlineData("scenario.users.reader.on-start = [ { subscribe { stream = s, path = \"/\" } }, { listen { stream = s, for = 1s, complete = yes } } ]", "on-start[1].listen.complete: nothing tells what stream 's' has missed")]
    [InlineData("scenario.users.reader.on-start = [ { subscribe { stream = s, path = \"/\" } }, { listen { stream = s, for = 1s, complete = 1 } } ]", "expected true or false, found '1'")]
    [InlineData("scenario.thresholds.events_missed = \"count == 0\"", "scenario.thresholds.events_missed: nothing measures events_missed here: expected measure.sequence")]
    [InlineData("scenario.thresholds.users.reader.delivery_latency = \"p99 < 1s\"", "users.reader.delivery_latency: nothing measures delivery_latency here: expected measure.sent-at")]
    [InlineData("scenario.thresholds.streams_completed = \"rate > 99%\"", "nothing measures streams_completed here: expected a subscribe step with until")]
    [InlineData("scenario.measure.sent-at-format = iso", "expected one of unix-s, unix-ms, unix-us, unix-ns, iso8601, found 'iso'")]
    [InlineData("scenario.http.version = \"3\"", "expected \"1.1\" or \"2\", found '3'")]
    [InlineData("scenario.http.proxy = \"socks://x\"", "expected an absolute http or socks5 URL")]
    [InlineData("scenario.http.headers.\"a b\" = x", "a header name has to be an HTTP token")]
    [InlineData("scenario.http.headers.a = \"x\\r\\ny\"", "a header value must not contain line breaks")]
    [InlineData("scenario.http.headers.a = \"{{env.BROKEN}}\"", "a header value must not contain line breaks")]
    [InlineData("scenario.http.headers.a = \"{{env.MISSING}}\"", "scenario.http.headers.a: the environment variable MISSING is not set")]
    [InlineData("scenario.http.headers.a = \"{{user.name}}\"", "unknown template field '{{user.name}}'")]
    [InlineData("scenario.http.headers.a = \"{{user.id\"", "never closes it")]
    [InlineData("scenario.http.headers.a = \"{{feed.name}}\"", "{{feed.name}} needs a feed; the scenario has no feeds")]
    [InlineData("scenario.http.headers.a.b = c", "scenario.http.headers.a: expected a text (put names that contain dots in quotes), found an object")]
    [InlineData("scenario.http.tls.ca-file = \"no-such.pem\"", "scenario.http.tls.ca-file: there is no file")]
    [InlineData("scenario.http.tls.client-key-file = \"test.conf\"", "a client key needs client-cert-file as well")]
    [InlineData("scenario.thresholds.event = \"count == 0\"", "unknown metric 'event'; did you mean 'events'?")]
    [InlineData("scenario.thresholds.streams_open = \"max > 1\"", "'streams_open' is a gauge")]
    [InlineData("scenario.thresholds.events = \"count = 0\"", "expected a threshold such as \"count == 0\"")]
    [InlineData("scenario.thresholds.events = \"p99 < 1\"", "'p99' is no aggregate of the counter events")]
    [InlineData("scenario.thresholds.events = [ \"count == 0\", \"count == x1\" ]", "scenario.thresholds.events[1]: expected a threshold")]
    [InlineData("scenario.thresholds.events = \"count < 1%\"", "expected a number after 'count <', found '1%'")]
    [InlineData("scenario.thresholds.tasks_failed = \"rate < 101%\"", "expected a share such as 1%")]
    [InlineData("scenario.thresholds.task_time = \"rate < 1%\"", "'rate' is no aggregate of the timing task_time")]
    [InlineData("scenario.thresholds.bytes = \"rate < 1%\"", "bytes is a share of nothing: use count or per_second")]
    [InlineData("scenario.thresholds.task_time = \"p101 < 1s\"", "'p101' is no aggregate of the timing task_time")]
    [InlineData("scenario.thresholds.task_time = \"p99 < 1 parsec\"", "expected a duration such as 250ms after 'p99 <', found '1 parsec'")]
    [InlineData("scenario.thresholds.task_time = \"p99 < 1%\"", "expected a duration such as 250ms after 'p99 <', found '1%'")]
    [InlineData("scenario.thresholds.task_time = \"p99 < 1ms/s\"", "expected a duration such as 250ms after 'p99 <', found '1ms/s'")]
    [InlineData("scenario.thresholds.task_time = \"p99 < -5ms\"", "expected a duration such as 250ms after 'p99 <', found '-5ms'")]
    [InlineData("scenario.thresholds.task_time = \"per_second > 1s\"", "expected a number such as 50 or 50/s after 'per_second >', found '1s'")]
    [InlineData("scenario.thresholds.events = \"count < 10MiB\"", "expected a number after 'count <', found '10MiB'")]
    [InlineData("scenario.thresholds.events = \"count < 10/s\"", "expected a number after 'count <', found '10/s'")]
    [InlineData("scenario.thresholds.bytes = \"count < 10MB\"", "expected a size such as 10MiB after 'count <', found '10MB'")]
    [InlineData("scenario.thresholds.bytes = \"per_second < 1s\"", "expected a size a second such as 10MiB/s after 'per_second <', found '1s'")]
    [InlineData("scenario.thresholds.tasks_failed = \"rate < 5ms\"", "expected a share such as 1% or 0.01, at most 100% after 'rate <', found '5ms'")]
    [InlineData("scenario.thresholds.taks.read.task_time = \"p99 < 1s\"", "scenario.thresholds.taks: unknown metric 'taks'; did you mean 'tasks'?")]
    [InlineData("scenario.thresholds.tasks.raed.task_time = \"p99 < 1s\"", "scenario.thresholds.tasks.raed: there is no task 'raed'; did you mean 'read'?")]
    [InlineData("scenario.thresholds.users.writer.events = \"count > 1\"", "scenario.thresholds.users.writer: there is no user type 'writer'; known here: reader")]
    [InlineData("scenario.thresholds.users.reader.tasks.look.task_time = \"p99 < 1s\"", "users.reader.tasks.look: there is no task 'look'; known here: read")]
    [InlineData("scenario.thresholds.tasks.read.events = \"count > 1\"", "'events' is not measured by task; a task has tasks_passed, tasks_failed, tasks_interrupted, task_time")]
    [InlineData("scenario.thresholds.tasks.read.tasktime = \"p99 < 1s\"", "scenario.thresholds.tasks.read.tasktime: unknown metric 'tasktime'; did you mean 'task_time'?")]
    [InlineData("scenario.thresholds.users.reader.fanout_spread = \"p99 < 1s\"", "'fanout_spread' is not measured by user type; put it on the whole run")]
    [InlineData("scenario.thresholds.users.reader.streams_open = \"max > 1\"", "'streams_open' is a gauge")]
    [InlineData("scenario.thresholds.users = \"count > 1\"", "scenario.thresholds.users: expected an object of scopes such as")]
    [InlineData("scenario.thresholds.tasks.read = \"count > 1\"", "scenario.thresholds.tasks.read: expected an object of metrics such as")]
    [InlineData("scenario.thresholds.events = { abort-on-fail = true }", "scenario.thresholds.events.threshold: expected a threshold such as \"p99 < 250ms\", found nothing")]
    [InlineData("scenario.thresholds.events = [ { threshold = \"count < 1x\" } ]", "scenario.thresholds.events[0].threshold: expected a number after 'count <', found '1x'")]
    [InlineData("scenario.thresholds.events = [ { threshold = \"count < 1\", abort = true } ]", "scenario.thresholds.events[0].abort: unknown key 'abort'; ")]
    [InlineData("scenario.thresholds.events = [ { threshold = \"count < 1\", delay = 1s } ]", "events[0].delay: a delay belongs to abort-on-fail = true")]
    [InlineData("scenario.thresholds.events = [ { threshold = \"count < 1\", abort-on-fail = maybe } ]", "events[0].abort-on-fail: expected true or false, found 'maybe'")]
    [InlineData("scenario.thresholds.events = [ { threshold = \"count > 1\", abort-on-fail = true } ]", "events[0].abort-on-fail: 'count > 1' cannot hold yet when a run begins: give abort-on-fail a delay")]
    [InlineData("scenario.thresholds.events = [ { threshold = \"per_second != 0\", abort-on-fail = true } ]", "'per_second != 0' cannot hold yet when a run begins")]
    [InlineData("scenario.thresholds.events = [ [ \"count > 1\" ] ]", "scenario.thresholds.events[0]: expected a threshold or a list of them")]
    [InlineData("scenario.name = ${NOWHERE}", "scenario.name: ${NOWHERE} is defined neither in the file nor as an environment variable")]
    [InlineData("scenario.name = [ 1 ] ${scenario.base-url}", "scenario.name: cannot join a list and a text into one value")]
    public void Is_reported(string added, string expected) => AssertOne(ScenarioFolder.Minimal + added, 7, expected);

    [Fact]
    public void A_certificate_file_that_holds_none_is_reported()
    {
        using var folder = new ScenarioFolder();
        folder.Write("ca.pem", "no certificate");
        var file = folder.Write("s.conf", ScenarioFolder.Minimal + "scenario.http.tls.ca-file = \"ca.pem\"");
        var mistake = Assert.Single(ScenarioLoader.Load(file, new ScenarioOverrides()).Mistakes);
        Assert.Equal((7, "scenario.http.tls"), (mistake.Line, mistake.Path));
        Assert.Contains("ca.pem': it contains no certificate", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ }", "[1]: expected one step in each { }, found none")]
    [InlineData("{ pause = 1s, close = main }", "[1]: expected one step in each { }, found pause and close")]
    [InlineData("pause", "[1]: expected a step such as { pause = 1s }, found 'pause'")]
    [InlineData("{ subcribe { } }", "[1].subcribe: unknown step 'subcribe'; did you mean 'subscribe'?")]
    [InlineData("{ jump = 1 }", "unknown step 'jump'; known here: subscribe, await, listen, drop, reconnect, close, abandon, pause, request, parallel")]
    [InlineData("{ subscribe { path = \"/e\" } }", "[1].subscribe.stream: expected the name of a stream, found nothing")]
    [InlineData("{ subscribe { stream = main } }", "[1].subscribe.path: expected a path such as /api/events")]
    [InlineData("{ subscribe { stream = \"a/b\", path = \"/e\" } }", "found 'a/b'")]
    [InlineData("{ subscribe { stream = main, path = events } }", "expected a path such as /api/events")]
    [InlineData("{ subscribe { stream = main, path = \"/a b\" } }", "without blanks and '#'")]
    [InlineData("{ subscribe { stream = main, path = \"/e\", method = \"G T\" } }", "as the method, found 'G T'")]
    [InlineData("{ subscribe { stream = main, path = \"/e\", within = 0s } }", "expected a duration above zero")]
    [InlineData("{ subscribe { stream = main, path = \"/e\", limits { max-headers = 1KiB } } }", "max-headers has to be the same for all streams; here it is 1KiB")]
    [InlineData("{ await { events = 1 } }", "[1].await.stream: expected the name of a stream, found nothing")]
    [InlineData("{ await { stream = main, events = 0 } }", "expected a whole number of at least 1, found '0'")]
    [InlineData("{ await { stream = main, evnet = x } }", "unknown key 'evnet'; did you mean 'event'?")]
    [InlineData("{ await = main }", "[1].await: expected an object { ... }, found 'main'")]
    [InlineData("{ listen { stream = main } }", "[1].listen.for: expected a duration above zero")]
    [InlineData("{ listen { stream = main, for = 0s } }", "expected a duration above zero")]
    [InlineData("{ listen { stream = main, for = 1s, min-events = -1 } }", "expected a whole number of at least 0")]
    [InlineData("{ drop = other }", "[1].drop: user type 'reader' never subscribes to a stream 'other'; known here: main")]
    [InlineData("{ reconnect { stream = mian } }", "[1].reconnect.stream: user type 'reader' never subscribes to a stream 'mian'; did you mean 'main'?")]
    [InlineData("{ close { stream = main, within = 1s } }", "unknown key 'within'")]
    [InlineData("{ pause = soon }", "[1].pause: expected a duration")]
    [InlineData("{ pause { for = 1s, min = 1s } }", "unknown key 'min'")]
    [InlineData("{ pause { min = 2s, max = 1s } }", "min (2s) must not be above max (1s)")]
    [InlineData("{ request { } }", "[1].request.path: expected a path")]
    [InlineData("{ request { path = \"/r\", body { a = 1 } } }", "expected a text (put JSON into triple quotes), found an object")]
    [InlineData("{ request { path = \"/r\", expect-status = [ 200, 600 ] } }", "[1].request.expect-status[1]: expected an HTTP status")]
    [InlineData("{ parallel = [] }", "expected at least one list of steps")]
    [InlineData("{ parallel = [ [], [ { pause = 1s } ] ] }", "[1].parallel[0]: expected at least one step")]
    [InlineData("{ parallel = [ [ { pause = 1s }, { pause = x } ] ] }", "[1].parallel[0][1].pause: expected a duration")]
    [InlineData("{ parallel = 3 }", "[1].parallel: expected a list of lists of steps, found '3'")]
    public void A_step_is_reported(string step, string expected) => AssertOne(
        ScenarioFolder.Minimal + $"{Steps} = [\n{{ subscribe {{ stream = main, path = \"/e\" }} }}\n{step}\n]",
        9,
        expected);

    [Theory]
    [InlineData("scenario {\n  name = x\n  load { stages = [ { duration = 1s }\n", 3, "a '[' is never closed")]
    [InlineData("scenario {\n  base-url = http://x\n}", 2, "':' cannot stand here; put the text in quotes")]
    [InlineData("", 1, "scenario: expected an object scenario { ... }")]
    [InlineData("scenario = 3", 1, "expected an object scenario { ... }")]
    [InlineData("\nscenario {}\ninclude \"test.conf\"", 3, "cannot include 'test.conf': the file includes itself")]
    public void A_text_that_is_no_scenario_is_reported(string text, int line, string expected)
    {
        var mistakes = _folder.Mistakes(text);
        Assert.Contains(mistakes, m => m.StartsWith($"test.conf:{line}: ", StringComparison.Ordinal) && m.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_one_mistake()
    {
        var folder = Path.GetDirectoryName(_folder.Write("x", ""))!;
        foreach (var path in new[] { Path.Combine(folder, "missing.conf"), folder, "", "a\0b" })
        {
            var mistake = Assert.Single(_folder.LoadFile(path).Mistakes);
            Assert.StartsWith($"{path}: the file cannot be read: ", mistake.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_without_end_is_given_up() =>
        Assert.Contains("longer than", Assert.Single(_folder.LoadFile(_folder.Write("big.conf", new string('#', 5_000_000))).Mistakes).Message, StringComparison.Ordinal);

    private void AssertOne(string text, int line, string expected)
    {
        _folder.Environment["BROKEN"] = "two\nlines";
        var mistake = Assert.Single(_folder.Mistakes(text));
        Assert.Contains(expected, mistake, StringComparison.Ordinal);

        // What is missing is reported where the object begins, which is not the added line.
        var at = mistake.Contains("found nothing", StringComparison.Ordinal) ? "test.conf:" : $"test.conf:{line}: ";
        Assert.StartsWith(at, mistake, StringComparison.Ordinal);
    }
}
