using System.CommandLine;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Host.Tap;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary><c>tap URL</c>: one stream, as lines.</summary>
internal static class TapCommand
{
    public static Command Create()
    {
        var url = CliOptions.Url("URL", "The event stream.");
        var headers = CliOptions.Headers("-H");
        var lastEventId = new Option<string>("--last-event-id")
        {
            Description = "Sent as Last-Event-ID with the first request.",
            HelpName = "id",
            DefaultValueFactory = _ => "",
        };
        var maxEvents = CliOptions.Value("--max-events", ValueKinds.Whole(1), "Ends after as many events.");
        var time = CliOptions.Value("--for", ValueKinds.PositiveDuration, "Ends after this time.");
        var reconnect = new Option<bool>("--reconnect") { Description = "Comes back after every end, as an EventSource does." };
        var stallAfter = CliOptions.Value("--stall-after", ValueKinds.PositiveDuration, "Fails a connection that is silent for so long.");
        var timeout = CliOptions.Value("--timeout", ValueKinds.PositiveDuration, "For connecting, and again for the response's headers. Default: 10s and 20s.");
        var maxLine = CliOptions.Value("--max-line", ValueKinds.Size, "The longest line taken. Default: 1MiB.");
        var maxEvent = CliOptions.Value("--max-event", ValueKinds.Size, "The largest event taken. Default: 8MiB.");
        var transport = new TransportOptions(many: false);
        var format = new Option<string>("--format") { Description = "How lines are printed. Default: text.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("json", "text");

        var command = new Command("tap", "Connects as a browser's EventSource would and prints what it sees, a line each.")
        {
            url, headers, lastEventId, maxEvents, time, reconnect, stallAfter, timeout, maxLine, maxEvent, format,
        };
        transport.AddTo(command);
        command.Validators.Add(result =>
        {
            // A line break would end the header; NUL cannot be part of an id either.
            if (result.GetValue(lastEventId) is { } id && id.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                result.AddError("--last-event-id: expected an id on one line");
            }
        });
        command.SetAction((parsed, _) =>
        {
            var http = transport.Read(parsed);
            if (parsed.GetValue(timeout) is { } limit)
            {
                http = http with { ConnectTimeout = limit, HeaderTimeout = limit };
            }

            var defaults = new LimitSettings();
            var line = parsed.GetValue(maxLine) ?? defaults.MaxLine;
            var context = new TemplateContext(0, "tap", TimeProvider.System);
            return InterruptibleAsync(token => TapSession.RunAsync(
                new TapOptions
                {
                    Url = parsed.GetValue(url)!,
                    Headers = [.. parsed.GetValue(headers)!.Select(h => KeyValuePair.Create(h.Name, h.Value.Render(context)))],
                    LastEventId = parsed.GetValue(lastEventId)!,
                    MaxEvents = parsed.GetValue(maxEvents) ?? 0,
                    For = parsed.GetValue(time),
                    Reconnect = parsed.GetValue(reconnect),
                    StallAfter = parsed.GetValue(stallAfter) ?? TimeSpan.Zero,
                    Http = http,
                    Limits = defaults with { MaxLine = line, MaxEvent = parsed.GetValue(maxEvent) ?? Math.Max(defaults.MaxEvent, line) },
                    Json = parsed.GetValue(format) == "json",
                },
                token));
        });
        return command;
    }

    private static async Task<int> InterruptibleAsync(Func<CancellationToken, Task<int>> run)
    {
        using var interruption = new Interruption();
        return await run(interruption.Token).ConfigureAwait(false);
    }
}
