using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>The registered workers over HTTP (docs/http-api.md).</summary>
internal static class NodesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, RunGateway gateway) => routes.MapGet("/api/nodes", async (HttpContext http) =>
    {
        var answer = await gateway.AskAsync<RunProtocol.NodesAnswer>(new RunProtocol.NodesQuery(), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(new NodeList(answer.Coordinator, [.. answer.Nodes.Select(NodeRowJson.From)]), ReportJson.Line);
    }).AddEndpointFilter(Refusals.FilterAsync);
}
