using ActorLoad.Host.Target.Accounts;
using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Streams;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>Turns a request into a stream, or into what its faults say.</summary>
internal sealed class StreamOpener(TargetState state, Answers answers)
{
    /// <summary>Runs the stream that `open` starts, unless a fault answers in its place. Done when the response may end.</summary>
    /// <param name="open">Called once the faults before the response head are over.</param>
    public Task RunAsync(HttpContext context, RequestQuery query, Func<StreamRequest, Task> open)
    {
        var ordinal = state.NextOrdinal();
        var request = StreamRequest.Read(context, query, state.Options, ordinal);
        var faults = request.Faults;

        // Seeded apart from the events' faults, or a client with a seed of its own would be refused always or never.
        var refusal = new SplitMix(SplitMix.Join(request.Seed, ~ordinal));
        if (refusal.NextPercent() < faults.RefusePercent)
        {
            state.Counters.Add(FaultKind.Refuse);
            return answers.ErrorAsync(context, faults.RefuseStatus, "refused, as asked for");
        }

        return faults.HeadersDelay > TimeSpan.Zero ? DelayedAsync(request, open) : AnswerAsync(request, open);
    }

    /// <summary>Starts the stream.</summary>
    /// <param name="after">Last event id; null for only what comes from now on.</param>
    /// <param name="types">The event names wanted; null for all.</param>
    /// <param name="slack">How far `after` may be ahead of the ring.</param>
    /// <param name="ledger">The client's, or null.</param>
    public TargetStream Start(StreamRequest request, EventRing ring, long? after, IReadOnlySet<string>? types = null, int slack = 0, DeliveryLedger? ledger = null)
    {
        var (context, faults) = (request.Context, request.Faults);
        after ??= request.FromStart ? 0 : null;
        var extras = StreamExtras.Create(faults, types, request.MaxEvents, request.Seed, request.Last, ledger);
        var settings = new StreamSettings(after, request.LastEventId is not null, slack, state.Options.RetryMs, request.HeartbeatMs, extras);
        WriteHead(request);
        var stream = new TargetStream(ring, settings, state.Counters, context.Features);
        stream.Start();
        if (state.IsStopping)
        {
            stream.End(StreamEnd.Stopped);
        }

        return stream;
    }

    /// <summary>Sets the headers of a stream, counts it by its status and as accepted.</summary>
    public void WriteHead(StreamRequest request)
    {
        var (response, type) = (request.Context.Response, request.Faults.ContentType);
        response.ContentType = type ?? "text/event-stream";
        response.Headers.CacheControl = "no-store";
        if (state.Options.ClockOffset != TimeSpan.Zero)
        {
            response.Headers.Date = state.Clock.Now.ToString("r");
        }

        if (type is not null)
        {
            state.Counters.Add(FaultKind.ContentType);
        }

        state.Counters.CountStatus(StatusCodes.Status200OK);
        state.Accepts.Stream();
    }

    private async Task DelayedAsync(StreamRequest request, Func<StreamRequest, Task> open)
    {
        await Task.Delay(request.Faults.HeadersDelay, request.Context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        state.Counters.Add(FaultKind.HeadersDelay);
        await AnswerAsync(request, open).ConfigureAwait(false);
    }

    private Task AnswerAsync(StreamRequest request, Func<StreamRequest, Task> open)
    {
        if (request.Faults.Status is { } status)
        {
            state.Counters.Add(FaultKind.Status);
            return answers.EmptyAsync(request.Context, status);
        }

        return open(request);
    }
}
