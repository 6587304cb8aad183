using Akka.Actor;
using Akka.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorLoad.Host.Admin;

/// <summary>Probes for whoever runs the process: alive while the actor system is, ready while the node is a member that is up.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ActorSystem system)
    {
        routes.MapGet("/health/live", () => Answer(!system.WhenTerminated.IsCompleted, "live", "the actor system has ended"));
        routes.MapGet("/health/ready", () =>
        {
            var status = Cluster.Get(system).SelfMember.Status;
            return Answer(status is MemberStatus.Up or MemberStatus.WeaklyUp, "ready", $"the node is {status.ToString().ToLowerInvariant()}");
        });
    }

    private static IResult Answer(bool good, string message, string problem) => good
        ? Results.Json(new OperationAnswer(message))
        : Results.Json(new ProblemAnswer(problem), statusCode: StatusCodes.Status503ServiceUnavailable);
}
