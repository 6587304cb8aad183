using System.Globalization;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Writes steps as HOCON, each with the settings that hold for it.</summary>
/// <param name="text">Quotes a text, or masks it.</param>
internal sealed class StepText(HoconWriter writer, Func<string, string> text)
{
    public static string Range(DurationRange range) => range.Min == range.Max
        ? Units.Text(range.Min)
        : $"{{ min = {Units.Text(range.Min)}, max = {Units.Text(range.Max)} }}";

    public void Write(string key, IReadOnlyList<Step> steps)
    {
        if (steps.Count > 0)
        {
            writer.List(key, () => Write(steps));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Masked it is still a path, so that what is written can be read back.
    private static string QuotePath(Template path) => path.ToString() is var text && text.StartsWith('*') ? HoconWriter.Quote("/" + text) : Quote(path);

    private static string Quote(Template template) => HoconWriter.Quote(template.ToString());

    private static string Statuses(IReadOnlyList<int> statuses) =>
        statuses.Count == 0 ? "[]" : $"[ {string.Join(", ", statuses)} ]";

    private void Write(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case PauseStep pause:
                    writer.Line($"{{ pause = {Range(pause.For)} }}");
                    break;
                case DropStep drop:
                    writer.Line($"{{ drop = {text(drop.Stream)} }}");
                    break;
                case CloseStep close:
                    writer.Line($"{{ close = {text(close.Stream)} }}");
                    break;
                case AbandonStep abandon:
                    writer.Line($"{{ abandon = {text(abandon.Stream)} }}");
                    break;
                case ReconnectStep reconnect:
                    writer.Line($"{{ reconnect {{ stream = {text(reconnect.Stream)}, within = {Units.Text(reconnect.Within)} }} }}");
                    break;
                case ParallelStep parallel:
                    writer.Nested("{ parallel = [", () => Branches(parallel), "] }");
                    break;
                case SubscribeStep subscribe:
                    writer.Nested("{ subscribe {", () => Subscribe(subscribe), "} }");
                    break;
                case AwaitStep await:
                    writer.Nested("{ await {", () => Await(await), "} }");
                    break;
                case ListenStep listen:
                    writer.Nested("{ listen {", () => Listen(listen), "} }");
                    break;
                case RequestStep request:
                    writer.Nested("{ request {", () => Request(request), "} }");
                    break;
                default:
                    throw new InvalidOperationException($"a {step.GetType().Name} has no text");
            }
        }
    }

    private void Branches(ParallelStep parallel)
    {
        foreach (var branch in parallel.Branches)
        {
            writer.Nested("[", () => Write(branch), "]");
        }
    }

    private void Await(AwaitStep step)
    {
        writer.Set("stream", text(step.Stream));
        if (step.Done)
        {
            writer.Set("done", "true");
            Complete(step.Complete);
            writer.Set("within", Units.Text(step.Within));
            return;
        }

        writer.Set("events", Number(step.Events));
        if (step.Event is { } name)
        {
            writer.Set("event", text(name));
        }

        if (step.DataContains is { } data)
        {
            writer.Set("data-contains", Quote(data));
        }

        if (step.DataJson is { } json)
        {
            writer.Line($"data-json {{ pointer = {text(json.Pointer)}, equals = {Quote(json.EqualTo)} }}");
        }

        Complete(step.Complete);
        writer.Set("within", Units.Text(step.Within));
    }

    private void Listen(ListenStep step)
    {
        writer.Set("stream", text(step.Stream));
        writer.Set("for", Units.Text(step.For));
        writer.Set("min-events", Number(step.MinEvents));
        writer.Set("min-heartbeats", Number(step.MinHeartbeats));
        Complete(step.Complete);
    }

    private void Complete(bool demanded)
    {
        if (demanded)
        {
            writer.Set("complete", "true");
        }
    }

    private void Request(RequestStep step)
    {
        writer.Set("method", text(step.Method));
        writer.Set("path", QuotePath(step.Path));
        ScenarioText.Pairs(writer, "query", step.Query);
        ScenarioText.Pairs(writer, "headers", step.Headers);
        if (step.Body is { } body)
        {
            writer.Set("body", Quote(body));
        }

        writer.Set("expect-status", Statuses(step.ExpectStatus));
        if (step.Extract.Count > 0)
        {
            writer.Block("extract", () =>
            {
                foreach (var (variable, json, header) in step.Extract)
                {
                    writer.Set(variable, header is null ? $"{{ json = {text(json!)} }}" : $"{{ header = {text(header)} }}");
                }
            });
        }

        writer.Set("within", Units.Text(step.Within));
    }

    private void Subscribe(SubscribeStep step)
    {
        writer.Set("stream", text(step.Stream));
        writer.Set("method", text(step.Method));
        writer.Set("path", QuotePath(step.Path));
        ScenarioText.Pairs(writer, "query", step.Query);
        ScenarioText.Pairs(writer, "headers", step.Headers);
        if (step.Body is { } body)
        {
            writer.Set("body", Quote(body));
        }

        if (step.Until is { } until)
        {
            string?[] parts = [until.Data is null ? null : $"data = {text(until.Data)}", until.Event is null ? null : $"event = {text(until.Event)}"];
            writer.Line($"until {{ {string.Join(", ", parts.OfType<string>())} }}");
        }

        writer.Set("resume", step.Resume ? "true" : "false");
        writer.Set("within", Units.Text(step.Within));
        writer.Set("stall-after", Units.Text(step.Settings.StallAfter));
        writer.Set("read-rate", step.Settings.ReadRate == 0 ? "0" : Units.Text((int)step.Settings.ReadRate) + "/s");
        writer.Set("stop-reading-after", step.Settings.StopReadingAfterBytes > 0
            ? Units.Text((int)step.Settings.StopReadingAfterBytes)
            : Units.Text(step.Settings.StopReadingAfter));
        var (reconnect, limits, measure) = (step.Settings.Reconnect, step.Settings.Limits, step.Settings.Measure);
        writer.Block("reconnect", () =>
        {
            writer.Set("enabled", reconnect.Enabled ? "true" : "false");
            writer.Set("min-backoff", Units.Text(reconnect.MinBackoff));
            writer.Set("max-backoff", Units.Text(reconnect.MaxBackoff));
            writer.Set("jitter", reconnect.Jitter.ToString("0.################", CultureInfo.InvariantCulture));
            writer.Set("on-status", Statuses(reconnect.OnStatus));
            writer.Set("max-attempts", Number(reconnect.MaxAttempts));
        });
        writer.Line($"limits {{ max-line = {Units.Text(limits.MaxLine)}, max-event = {Units.Text(limits.MaxEvent)}, "
            + $"max-headers = {Units.Text(limits.MaxHeaders)} }}");
        writer.Block("measure", () =>
        {
            writer.Set("sequence", text(measure.Sequence));
            writer.Set("key", text(measure.Key));
            writer.Set("sent-at", text(measure.SentAt));
            writer.Set("sent-at-format", text(FailureNames.Join(measure.SentAtFormat.ToString(), '-')));
            writer.Set("heartbeat", text(measure.Heartbeat));
        });
    }
}
