using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Hosting;
using ActorLoad.Actors.Transport;
using ActorLoad.Host.Cli;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;
using Akka.Streams;

namespace ActorLoad.Host.Tap;

/// <summary>Taps one stream through the very actors, graph and decoder that a load test uses.</summary>
internal static class TapSession
{
    /// <returns>The exit code: 0 the stream was good, 1 it could not be opened or broke for good, 130 interrupted.</returns>
    public static async Task<int> RunAsync(TapOptions options, CancellationToken interrupted)
    {
        using var output = new TapOutput();
        var result = new TaskCompletionSource<ConnectionFailure?>(TaskCreationOptions.RunContinuationsAsynchronously);
        ITapFormat format = options.Json ? new JsonTapFormat() : new TextTapFormat();
        var printer = new TapPrinter(format, output, options.MaxEvents, () => result.TrySetResult(null));
        var stream = new StreamContext(
            "tap",
            new StreamRequest { Url = options.Url, Headers = options.Headers },
            resume: true,
            new StreamSettings
            {
                Reconnect = new ReconnectSettings { Enabled = options.Reconnect },
                StallAfter = options.StallAfter,
                Limits = options.Limits,
            },
            printer);
        stream.Cursor.SetLastEventId(System.Text.Encoding.UTF8.GetBytes(options.LastEventId));

        using var connector = Connector(options);
        using var system = ActorSystem.Create("actorload", ActorLoadDefaults.Hocon);
        var services = new ConnectionServices(connector, system.Materializer(), TimeProvider.System);
        system.ActorOf(Props.Create(() => new TapActor(stream, services, output, options.For, result)), "tap");

        await using var registration = interrupted.Register(() => result.TrySetResult(null)).ConfigureAwait(false);
        var failure = await result.Task.ConfigureAwait(false);
        printer.Finish();
        await system.Terminate().ConfigureAwait(false);
        if (interrupted.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }

        var ended = failure is null or { Reason: FailureReason.Eof } or { Reason: FailureReason.NoContent };
        return printer.EverOpened && ended ? ExitCodes.Passed : ExitCodes.Failed;
    }

    private static HttpSseConnector Connector(TapOptions options)
    {
        try
        {
            return new HttpSseConnector(options.Http, options.Limits.MaxHeaders);
        }
        catch (InvalidDataException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
