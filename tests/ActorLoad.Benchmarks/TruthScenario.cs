namespace ActorLoad.Benchmarks;

/// <summary>
/// 500 users and 200,000 events against a target that skips, repeats, swaps and delays them: for a third of the users on one
/// connection, for a third over connections that are cut, for a third over connections that are reset.
/// </summary>
internal static class TruthScenario
{
    public const int Users = 500;
    public const int EventsPerUser = 400;

    public static readonly string[] Accounts = ["whole", "cut", "reset"];

    /// <summary>What the target needs besides <c>--seed</c>: nothing but the faults is to change what a client gets, and nobody waits.</summary>
    public static readonly string[] TargetOptions = ["--retry", "0", "--heartbeat", "0"];

    /// <summary>Users follow their stream to its end and then stay, until somebody ends the run.</summary>
    public static string Text { get; } = $$$"""
        faults = "interval_ms=1&from=start&last={{{EventsPerUser}}}&skip=2&repeat=2&swap=2&late=2"
        scenario {
          name = truth
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 0s, users = {{{Users}}} }, { duration = 5m, users = {{{Users}}} } ] }
          reconnect { min-backoff = 20ms, max-backoff = 200ms }
          measure { sequence = "id" }
          users {
            whole { wait = 10m, tasks { follow { steps = [
              { subscribe { stream = main, path = "/api/events/truth?user_id={{user.id}}&account=whole&"${faults} } }
              { listen { stream = main, for = 2m } }
            ] } } }
            cut { wait = 10m, tasks { follow { steps = [
              { subscribe { stream = main, path = "/api/events/truth?user_id={{user.id}}&account=cut&cut_after=61&"${faults} } }
              { listen { stream = main, for = 2m } }
            ] } } }
            reset { wait = 10m, tasks { follow { steps = [
              { subscribe { stream = main, path = "/api/events/truth?user_id={{user.id}}&account=reset&reset_after=47&"${faults} } }
              { listen { stream = main, for = 2m } }
            ] } } }
          }
        }
        """;
}
