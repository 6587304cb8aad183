using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Steps in words, one a line, numbered.</summary>
internal static class StepDescription
{
    public static IEnumerable<string> Describe(IReadOnlyList<Step> steps, string indent)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            yield return $"{indent}{i + 1}. {Describe(steps[i])}";
            if (steps[i] is ParallelStep parallel)
            {
                foreach (var line in parallel.Branches.SelectMany((b, n) => Branch(b, n, indent + "   ")))
                {
                    yield return line;
                }
            }
        }
    }

    private static IEnumerable<string> Branch(IReadOnlyList<Step> steps, int number, string indent) =>
        Describe(steps, indent + "  ").Prepend($"{indent}branch {number + 1}");

    private static string Describe(Step step) => step switch
    {
        SubscribeStep s => $"subscribe {s.Stream}: {s.Method} {Url(s.Path, s.Query)}, open within {Units.Text(s.Within)}"
            + (s.Resume ? "" : ", without resume") + (s.Settings.Reconnect.Enabled ? "" : ", without reconnecting"),
        AwaitStep a => $"await {a.Stream}: {PlanDescription.Count(a.Events, "event")}"
            + (a.Event is { } name ? $" named '{name}'" : "")
            + (a.DataContains is { } data ? $" with data that contains '{data}'" : "")
            + (a.Complete ? ", none missed" : "")
            + $" within {Units.Text(a.Within)}",
        ListenStep l => $"listen {l.Stream}: for {Units.Text(l.For)}"
            + (l.MinEvents > 0 ? $", at least {PlanDescription.Count(l.MinEvents, "event")}" : "")
            + (l.MinHeartbeats > 0 ? $", at least {PlanDescription.Count(l.MinHeartbeats, "heartbeat")}" : "")
            + (l.Complete ? ", no event missed" : ""),
        DropStep d => $"drop {d.Stream}",
        ReconnectStep r => $"reconnect {r.Stream}: within {Units.Text(r.Within)}",
        CloseStep c => $"close {c.Stream}",
        AbandonStep a => $"abandon {a.Stream}",
        PauseStep p => $"pause {PlanDescription.Range(p.For)}",
        RequestStep r => $"request {r.Method} {Url(r.Path, r.Query)}, expect "
            + (r.ExpectStatus.Count == 0 ? "any 2xx" : string.Join(" or ", r.ExpectStatus))
            + $" within {Units.Text(r.Within)}",
        ParallelStep p => $"parallel: {p.Branches.Count} lists of steps side by side",
        _ => throw new InvalidOperationException($"a {step.GetType().Name} has no description"),
    };

    private static string Url(Template path, IReadOnlyList<HeaderTemplate> query) => query.Count == 0
        ? path.ToString()
        : $"{path}?{string.Join('&', query.Select(q => $"{q.Name}={q.Value}"))}";
}
