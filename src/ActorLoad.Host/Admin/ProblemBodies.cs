using ActorLoad.Host.Reports.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Admin;

/// <summary>Gives a <see cref="ProblemAnswer"/> to refusals that come from the server itself, and have no body.</summary>
internal static class ProblemBodies
{
    private const int LongestPath = 100;

    public static void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http).ConfigureAwait(false);
        if (http.Response is { HasStarted: false, StatusCode: >= 400 and < 500, ContentType: null, ContentLength: null } response)
        {
            await response.WriteAsJsonAsync(new ProblemAnswer(Text(http.Request, response.StatusCode)), ReportJson.Line).ConfigureAwait(false);
        }
    });

    private static string Text(HttpRequest request, int status) => status switch
    {
        StatusCodes.Status400BadRequest => """the body cannot be read: expected a JSON object such as {"addresses":["akka.tcp://actorload@127.0.0.1:8110"]}""",
        StatusCodes.Status404NotFound => $"there is nothing at {(request.Path.Value is { Length: > LongestPath } path ? path[..LongestPath] + "…" : request.Path.Value)}",
        StatusCodes.Status405MethodNotAllowed => $"{request.Method} is no method of {request.Path}",
        StatusCodes.Status413PayloadTooLarge => TooLarge(request),
        StatusCodes.Status415UnsupportedMediaType => "expected a body of content type application/json",
        _ => "the request cannot be understood",
    };

    /// <summary>What to say to a body of too many bytes.</summary>
    public static string TooLarge(HttpRequest request) =>
        $"the body is too large: {(request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() is null ? "no more than 4 KiB are expected here" : "a scenario with its feeds may have 64 MiB")}";
}
