using System.Net;
using ActorLoad.Actors.Hosting;
using ActorLoad.Actors.Operations;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace ActorLoad.Host.Node;

/// <summary>The process that an actor system and its HTTP endpoint share.</summary>
internal static class NodeWeb
{
    // Empty: no variable and no file in the working directory may say where it listens, only the node's own options.
    public static WebApplication Build(NodeOptions node, NodeTls? tls, string hocon, NodeLife life)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSerilog(NodeLog.Create(), dispose: true);
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.Default;
            kestrel.Listen(IPAddress.TryParse(node.HttpHost, out var address) ? address : IPAddress.Loopback, node.HttpPort);
        });
        builder.Services.AddAkka(NodeHost.SystemName, akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddHocon(hocon, HoconAddMode.Prepend)
            .AddHocon(ActorLoadDefaults.Hocon, HoconAddMode.Append)
            .WithRemoting(NodeRemoting.Of(node, tls))
            .WithClustering(new ClusterOptions { Roles = [.. node.Roles] })
            .WithNodeActors(node, life));
        return builder.Build();
    }

    /// <summary>Puts gates and endpoints in their places.</summary>
    public static void Map(WebApplication app, NodeOptions node, ActorSystem system, RunGateway gateway)
    {
        NodeGates.Use(app, node.Token, NodeOptions.IsLoopback(node.HttpHost));
        HealthEndpoints.Map(app, system);
        ClusterEndpoints.Map(app, new ClusterOperations(system));
        RunEndpoints.Map(app, gateway);
        NodesEndpoint.Map(app, gateway);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
