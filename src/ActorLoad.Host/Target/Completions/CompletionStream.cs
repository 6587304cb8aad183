using System.Buffers;
using System.IO.Pipelines;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Stats;
using ActorLoad.Host.Target.Streams;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActorLoad.Host.Target.Completions;

/// <summary>One answer told token by token, with the faults that make sense for it: cut, reset, stall and delay.</summary>
internal sealed class CompletionStream(Completion completion, CompletionPace pace, TargetFaults faults, TargetCounters counters)
{
    private readonly ArrayBufferWriter<byte> _event = new();

    public async Task RunAsync(HttpContext context, CancellationToken stopping)
    {
        counters.Add(TargetCounter.StreamsOpened);
        counters.Add(TargetCounter.CompletionsStreamed);
        counters.AddOpenStream(1);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var end = StreamEnd.Error;
        try
        {
            end = await TellAsync(context, ended.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            end = stopping.IsCancellationRequested ? StreamEnd.Stopped : StreamEnd.Client;
        }
        finally
        {
            counters.Add(end);
            counters.AddOpenStream(-1);
        }
    }

    private async Task<StreamEnd> TellAsync(HttpContext context, CancellationToken cancellation)
    {
        var writer = context.Response.BodyWriter;

        // The head first: a client that waits for its first token is connected already.
        await context.Response.StartAsync(cancellation).ConfigureAwait(false);
        await writer.FlushAsync(cancellation).ConfigureAwait(false);
        for (var sent = 0; ; sent++)
        {
            if (LimitReached(sent) is { } limit)
            {
                return await BreakAsync(context, limit, cancellation).ConfigureAwait(false);
            }

            if (sent > completion.Tokens)
            {
                counters.Add(TargetCounter.CompletionsDone);
                return StreamEnd.Done;
            }

            if (sent < completion.Tokens)
            {
                await pace.UntilTokenAsync(sent, cancellation).ConfigureAwait(false);
            }

            await SendAsync(writer, sent, cancellation).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(PipeWriter writer, int index, CancellationToken cancellation)
    {
        _event.ResetWrittenCount();
        if (index < completion.Tokens)
        {
            completion.WriteToken(_event, index);
        }
        else
        {
            _event.Write(Completion.DoneEvent);
        }

        var flushed = await writer.WriteAsync(_event.WrittenMemory, cancellation).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new OperationCanceledException("the client has gone");
        }

        counters.Add(TargetCounter.BytesSent, _event.WrittenCount);
        counters.Add(TargetCounter.EventsSent);
        if (index < completion.Tokens)
        {
            counters.Add(TargetCounter.CompletionTokens);
        }
    }

    private LimitAction? LimitReached(int sent) =>
        sent >= faults.ResetAfter ? LimitAction.Reset
        : sent >= faults.CutAfter ? LimitAction.Cut
        : sent >= faults.StallAfter ? LimitAction.Stall
        : null;

    private async Task<StreamEnd> BreakAsync(HttpContext context, LimitAction action, CancellationToken cancellation)
    {
        switch (action)
        {
            case LimitAction.Reset:
                counters.Add(FaultKind.Reset);
                context.Features.Get<IConnectionSocketFeature>()?.Socket.Close(0);
                context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
                return StreamEnd.Reset;
            case LimitAction.Cut:
                counters.Add(FaultKind.Cut);
                return StreamEnd.Cut;
            default:
                counters.Add(FaultKind.Stall);
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
                return StreamEnd.Client;
        }
    }
}
