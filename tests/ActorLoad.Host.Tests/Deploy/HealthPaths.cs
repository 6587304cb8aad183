using ActorLoad.Host.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>The paths that a node answers to probes.</summary>
internal static class HealthPaths
{
    public static IReadOnlyList<string> All { get; } = Mapped();

    private static List<string> Mapped()
    {
        IEndpointRouteBuilder app = WebApplication.CreateSlimBuilder().Build();
        HealthEndpoints.Map(app, null!);
        return [.. app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!)];
    }
}
