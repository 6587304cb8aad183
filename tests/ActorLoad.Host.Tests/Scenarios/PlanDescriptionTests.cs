using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class PlanDescriptionTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Describes_the_compiled_plan()
    {
        _folder.Environment["TOKEN"] = "s3cr3t";
        var scenario = _folder.Valid("""
            scenario {
              name = orders
              base-url = "http://user:pass@127.0.0.1:5080"
              load { stages = [ { duration = 10s, users = 100 }, { duration = 1m, users = 100 }, { duration = 90s, users = 1 } ] }
              graceful-stop = 10s
              users {
                reader {
                  weight = 3
                  wait = { min = 1s, max = 3s }
                  on-start = [ { subscribe { stream = main, path = "/e", query { user = "{{user.id}}", key = ${TOKEN} }, resume = false } } ]
                  tasks {
                    a { weight = 2, steps = [ { await { stream = main, events = 2, event = x, data-contains = y } }
                                              { parallel = [ [ { pause = 1s } ], [ { drop = main } ] ] } ] }
                    b { steps = [ { listen { stream = main, for = 5s, min-events = 1, min-heartbeats = 2 } } ] }
                  }
                }
                writer.tasks.post.steps = [ { request { method = POST, path = "/p", expect-status = [ 200, 202 ] } } ]
              }
              thresholds {
                events = [ "count > 0" ]
                users.reader.tasks.b.task_time = [ { threshold = "p99 < 9s", abort-on-fail = true }, { threshold = "max < 9s", abort-on-fail = true, delay = 90s } ]
              }
            }
            """).Scenario!;
        Assert.Equal(
            """
            scenario   orders
            base url   http://127.0.0.1:5080/
            load       closed, 160s, at most 100 users
                    0s - 10s      0 -> 100 users
                   10s - 70s      100 users
                   70s - 160s     100 -> 1 user
            stop       tasks in hand get 10s to finish
            user types
              reader: weight 3, 75% (about 75 users at the peak), think time 1s to 3s
                on-start
                  1. subscribe main: GET /e?user={{user.id}}&key=***, open within 30s, without resume
                task a: weight 2, 66.7%
                  1. await main: 2 events named 'x' with data that contains 'y' within 30s
                  2. parallel: 2 lists of steps side by side
                     branch 1
                       1. pause 1s
                     branch 2
                       1. drop main
                task b: weight 1, 33.3%
                  1. listen main: for 5s, at least 1 event, at least 2 heartbeats
              writer: weight 1, 25% (about 25 users at the peak), think time 0s
                task post: weight 1, 100%
                  1. request POST /p, expect 200 or 202 within 30s
            thresholds
              events count > 0
              users.reader.tasks.b.task_time p99 < 9s, else the run ends
              users.reader.tasks.b.task_time max < 9s, else the run ends (judged from 90s on)
            """,
            string.Join('\n', PlanDescription.Describe(scenario)));
    }
}
