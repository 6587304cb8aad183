using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Admin;

/// <summary>Lets nobody pass who does not know the node's token.</summary>
internal static class TokenGate
{
    /// <param name="token">Null or empty = nothing is demanded.</param>
    public static void Use(IApplicationBuilder app, string? token)
    {
        var bearer = new BearerToken(token);
        app.Use(async (http, next) =>
        {
            // Probes carry no token: they say nothing but yes or no.
            if (bearer.Allows(http.Request) || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            {
                await next(http).ConfigureAwait(false);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await http.Response.WriteAsJsonAsync(new ProblemAnswer("this node demands a token: --token, or ACTORLOAD_NODE_TOKEN")).ConfigureAwait(false);
        });
    }
}
