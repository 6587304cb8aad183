using ActorLoad.Host.Node;
using ActorLoad.Host.Reports.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Admin;

/// <summary>
/// Stands where no token is demanded: a web page that somebody on this machine looks at must not be able to operate the node. Browsers
/// name the page's origin with whatever changes something, and the name that they were led to.
/// </summary>
internal static class OriginGate
{
    /// <param name="isLocal">Only this machine can reach the node: requests to any other name come from a page that has led its name here.</param>
    public static void Use(IApplicationBuilder app, bool isLocal) => app.Use(async (http, next) =>
    {
        if (Problem(http.Request, isLocal) is not { } problem || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        await http.Response.WriteAsJsonAsync(new ProblemAnswer(problem), ReportJson.Line).ConfigureAwait(false);
    });

    private static string? Problem(HttpRequest request, bool isLocal)
    {
        if (isLocal && !NodeOptions.IsLoopback(request.Host.Host.Trim('[', ']')))
        {
            return "a node without a token answers only to localhost or an address of the loopback: set ACTORLOAD_NODE_TOKEN to reach it by another name";
        }

        return request.Headers.Origin is { Count: > 0 } origin && origin.ToString() != $"{request.Scheme}://{request.Host}"
            ? "a node without a token does not answer web pages of other origins"
            : null;
    }
}
