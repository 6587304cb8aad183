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
            + (s.Until is { } until ? $", done with {Marker(until)}" : "")
            + (s.Resume ? "" : ", without resume") + (s.Settings.Reconnect.Enabled ? "" : ", without reconnecting")
            + (s.Settings.ReadRate > 0 ? $", read at {Units.Text((int)s.Settings.ReadRate)}/s" : "")
            + (s.Settings.StopReadingAfter > TimeSpan.Zero ? $", not read any more after {Units.Text(s.Settings.StopReadingAfter)}" : "")
            + (s.Settings.StopReadingAfterBytes > 0 ? $", not read any more after {Units.Text((int)s.Settings.StopReadingAfterBytes)}" : ""),
        AwaitStep { Done: true } a => $"await {a.Stream}: done{(a.Complete ? ", none missed" : "")} within {Units.Text(a.Within)}",
        AwaitStep a => $"await {a.Stream}: {PlanDescription.Count(a.Events, "event")}"
            + (a.Event is { } name ? $" named '{name}'" : "")
            + (a.DataContains is { } data ? $" with data that contains '{data}'" : "")
            + (a.DataJson is { } json ? $" with '{json.EqualTo}' at {json.Pointer}" : "")
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
            + (r.Extract.Count > 0 ? $", extract {string.Join(", ", r.Extract.Select(e => e.Variable))}" : "")
            + $" within {Units.Text(r.Within)}",
        ParallelStep p => $"parallel: {p.Branches.Count} lists of steps side by side",
        _ => throw new InvalidOperationException($"a {step.GetType().Name} has no description"),
    };

    private static string Marker(DoneMarker until) => (until.Data, until.Event) switch
    {
        ({ } data, null) => $"data '{data}'",
        (null, { } name) => $"an event '{name}'",
        _ => $"data '{until.Data}' in an event '{until.Event}'",
    };

    private static string Url(Template path, IReadOnlyList<HeaderTemplate> query) => query.Count == 0
        ? path.ToString()
        : $"{path}?{string.Join('&', query.Select(q => $"{q.Name}={q.Value}"))}";
}
