using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorLoad.Actors.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorLoad.Host.Admin;

/// <summary>The cluster operations over HTTP: questions by GET, changes by POST, both answered as JSON; the tail as an event stream.</summary>
internal static class ClusterEndpoints
{
    /// <summary>A tail that nobody reads must not fill the memory.</summary>
    private const int TailBuffer = 1000;

    public static void Map(IEndpointRouteBuilder routes, ClusterOperations cluster)
    {
        var group = routes.MapGroup("/api/cluster");
        group.MapGet("/show", (string? role) => new MemberList(cluster.Show(role)));
        group.MapGet("/members", (string? role) => new MemberList(cluster.Show(role)));
        group.MapGet("/status", () => new MemberList([cluster.Status()]));
        group.MapGet("/leader", (string? role) => new LeaderAnswer(cluster.Leader(role)));
        group.MapPost("/join", (AddressList body) => Do(() => cluster.Join(Only(body)), () => $"joining {Only(body)}"));
        group.MapPost("/join-seed", (AddressList body) =>
            Do(() => cluster.JoinSeed(Some(body)), () => $"joining through {string.Join(", ", Some(body))}"));
        group.MapPost("/leave", (AddressList? body) => Do(() => $"{cluster.Leave(body?.Addresses is { Count: > 0 } ? Only(body) : null)} is leaving"));
        group.MapPost("/down", (AddressList body) => Do(() => $"{cluster.Down(Only(body))} is down"));
        group.MapPost("/down-unreachable", () => Do(() =>
            cluster.DownUnreachable() is { Count: > 0 } downed ? $"{string.Join(", ", downed)} down" : "no member is unreachable"));

        // An event stream that is left open must not hold up the end of its node.
        var stopping = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        group.MapGet("/tail", (HttpContext http) => TypedResults.ServerSentEvents(LinesAsync(cluster, http.RequestAborted, stopping), "cluster"));
    }

    private static IResult Do(Action action, Func<string> message) => Do(() =>
    {
        action();
        return message();
    });

    private static IResult Do(Func<string> action)
    {
        try
        {
            return Results.Json(new OperationAnswer(action()));
        }
        catch (OperationRefusedException e)
        {
            return Results.Json(new ProblemAnswer(e.Message), statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static string Only(AddressList body) =>
        body.Addresses is [{ } address] ? address : throw new OperationRefusedException("expected one address");

    private static IReadOnlyList<string> Some(AddressList body) =>
        body.Addresses is { Count: > 0 } addresses && !addresses.Contains(null) ? addresses : throw new OperationRefusedException("expected at least one address");

    private static async IAsyncEnumerable<string> LinesAsync(
        ClusterOperations cluster, CancellationToken aborted, [EnumeratorCancellation] CancellationToken stopping)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        var lines = Channel.CreateBounded<string>(new BoundedChannelOptions(TailBuffer) { FullMode = BoundedChannelFullMode.DropOldest });
        using var tail = cluster.Tail(line => lines.Writer.TryWrite(line));
        await using var end = stopped.Token.Register(() => lines.Writer.TryComplete()).ConfigureAwait(false);
        await foreach (var line in lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            yield return line;
        }
    }
}
