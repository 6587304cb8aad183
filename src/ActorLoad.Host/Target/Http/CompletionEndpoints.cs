using System.Buffers;
using ActorLoad.Host.Target.Completions;
using ActorLoad.Host.Target.Stats;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>`POST /v1/chat/completions` in the form of OpenAI's API, streamed or whole, at a pace that the query gives.</summary>
internal sealed class CompletionEndpoints(TargetState state, Answers answers, StreamOpener opener, LoginEndpoints logins)
{
    private long _number;

    public async Task PostAsync(HttpContext context, RequestQuery query)
    {
        // Read before the body, so that a mistake in the query is told as one.
        var firstToken = query.Milliseconds("first_token_ms", 0, 600_000) ?? state.Options.FirstTokenDelay;
        var gap = query.Milliseconds("token_gap_ms", 0, 600_000) ?? state.Options.TokenGap;
        if (query.Flag("auth") && !logins.IsLoggedIn(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ErrorAsync(context, StatusCodes.Status401Unauthorized, "a token of /api/login is needed", "invalid_api_key").ConfigureAwait(false);
            return;
        }

        var (request, mistake) = await CompletionRequest.ReadAsync(context.Request.Body, context.RequestAborted).ConfigureAwait(false);
        if (request is null)
        {
            await ErrorAsync(context, StatusCodes.Status400BadRequest, mistake, null).ConfigureAwait(false);
            return;
        }

        var completion = new Completion(
            request, Interlocked.Increment(ref _number), DateTimeOffset.UtcNow.ToUnixTimeSeconds(), state.Options.CompletionTokens);
        await opener.RunAsync(context, query, asked =>
        {
            var pace = new CompletionPace(firstToken + asked.Faults.Delay, gap);
            return request.Stream ? StreamAsync(asked, completion, pace) : WholeAsync(context, completion, pace);
        }).ConfigureAwait(false);
    }

    private Task StreamAsync(StreamRequest asked, Completion completion, CompletionPace pace)
    {
        opener.WriteHead(asked);
        return new CompletionStream(completion, pace, asked.Faults, state.Counters).RunAsync(asked.Context, state.Stopping);
    }

    private async Task WholeAsync(HttpContext context, Completion completion, CompletionPace pace)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, state.Stopping);
        try
        {
            await pace.UntilTokenAsync(completion.Tokens - 1, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        state.Counters.Add(TargetCounter.CompletionsWhole);
        state.Counters.Add(TargetCounter.CompletionTokens, completion.Tokens);
        state.Counters.CountStatus(StatusCodes.Status200OK);
        var body = new ArrayBufferWriter<byte>();
        completion.WriteWhole(body);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private Task ErrorAsync(HttpContext context, int status, string message, string? code) => answers.JsonAsync(
        context, new { error = new { message, type = "invalid_request_error", param = (string?)null, code } }, status);
}
