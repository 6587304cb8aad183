using System.Net.Mime;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>Runs over HTTP (docs/http-api.md), on any node: submit, look, watch, stop, and what came out.</summary>
internal sealed class RunEndpoints(RunGateway gateway, CancellationToken stopping)
{
    public static void Map(IEndpointRouteBuilder routes, RunGateway gateway)
    {
        // An event stream that is left open must not hold up the end of its node.
        var runs = new RunEndpoints(gateway, routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var group = routes.MapGroup("/api/runs").AddEndpointFilter(Refusals.FilterAsync);
        group.MapPost("", (Delegate)runs.SubmitAsync).WithMetadata(BodyLimit.Submission);
        group.MapGet("", (Delegate)runs.ListAsync);
        group.MapGet("/{id}", runs.ShowAsync);
        group.MapGet("/{id}/events", runs.WatchAsync);
        group.MapGet("/{id}/summary", runs.SummaryAsync);
        group.MapPost("/{id}/stop", runs.StopAsync);
    }

    private async Task<IResult> SubmitAsync(HttpContext http)
    {
        var submit = await SubmitBody.ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        var answer = await gateway.AskAsync<RunProtocol.SubmitAnswer>(submit, http.RequestAborted).ConfigureAwait(false);
        return answer.Problem is { } problem
            ? throw new RequestException(StatusCodes.Status409Conflict, problem)
            : Json(new SubmitResult(answer.Run.Value, answer.Position), StatusCodes.Status202Accepted);
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var answer = await RunsAsync(http).ConfigureAwait(false);
        return Json(new RunList(answer.Coordinator, [.. answer.Runs.Select(RunStatusJson.From)]));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        var run = IdOf(id);
        var answer = await RunsAsync(http).ConfigureAwait(false);
        return Json(RunStatusJson.From(answer.Runs.FirstOrDefault(r => r.Run == run) ?? throw Unknown(id)));
    }

    private async Task<IResult> WatchAsync(HttpContext http, string id)
    {
        var answer = await gateway.AskAsync<RunProtocol.WatchAnswer>(new RunProtocol.WatchRun(IdOf(id)), http.RequestAborted).ConfigureAwait(false);
        var first = answer.Status ?? throw Unknown(id);
        return TypedResults.ServerSentEvents(EventsAsync(first, http.RequestAborted, CancellationToken.None), "status");
    }

    private async Task<IResult> SummaryAsync(HttpContext http, string id)
    {
        var run = IdOf(id);
        var answer = await gateway.AskAsync<RunProtocol.SummaryAnswer>(new RunProtocol.SummaryQuery(run), http.RequestAborted).ConfigureAwait(false);
        return answer.Json is { } json
            ? Results.Text(json, MediaTypeNames.Application.Json)
            : throw await RefusalAsync(http, run, answer.Problem ?? $"run {run} has no summary").ConfigureAwait(false);
    }

    private async Task<IResult> StopAsync(HttpContext http, string id)
    {
        var (run, mode) = (IdOf(id), await ModeAsync(http).ConfigureAwait(false));
        var answer = await gateway.AskAsync<RunProtocol.StopAnswer>(new RunProtocol.StopRun(run, mode), http.RequestAborted).ConfigureAwait(false);
        return answer.Problem is { } problem
            ? throw await RefusalAsync(http, run, problem).ConfigureAwait(false)
            : Json(new OperationAnswer(mode == StopMode.Now ? $"run {run} stops now" : $"run {run} is coming to its end"));
    }

    private async IAsyncEnumerable<string> EventsAsync(
        RunStatus first, CancellationToken aborted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted, cancellation);
        await foreach (var status in gateway.WatchAsync(first, gone.Token, stopping).ConfigureAwait(false))
        {
            yield return JsonSerializer.Serialize(RunStatusJson.From(status), ReportJson.Line);
        }
    }

    private Task<RunProtocol.RunsAnswer> RunsAsync(HttpContext http) =>
        gateway.AskAsync<RunProtocol.RunsAnswer>(new RunProtocol.RunsQuery(), http.RequestAborted);

    // A run that is known but not there yet, or over, is another mistake than a wrong name. Why, the coordinator knows best.
    private async Task<RequestException> RefusalAsync(HttpContext http, RunId run, string problem)
    {
        var answer = await RunsAsync(http).ConfigureAwait(false);
        return new RequestException(answer.Runs.Any(r => r.Run == run) ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound, problem);
    }

    private static async Task<StopMode> ModeAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        try
        {
            var mode = body.Length == 0 ? null : JsonSerializer.Deserialize<StopRequest>(body.ToArray(), ReportJson.Line)?.Mode;
            return mode switch
            {
                null or "graceful" => StopMode.Graceful,
                "now" => StopMode.Now,
                _ => throw new RequestException(StatusCodes.Status400BadRequest, "mode: expected graceful or now"),
            };
        }
        catch (JsonException)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, """expected a JSON object such as {"mode":"graceful"}""");
        }
    }

    private static RunId IdOf(string id)
    {
        try
        {
            return new RunId(id);
        }
        catch (ArgumentException)
        {
            throw Unknown(id);
        }
    }

    private static RequestException Unknown(string id) =>
        new(StatusCodes.Status404NotFound, $"there is no run '{(id.Length <= 100 ? id : id[..100] + "…")}'");

    private static IResult Json(object answer, int status = StatusCodes.Status200OK) => Results.Json(answer, ReportJson.Line, statusCode: status);
}
