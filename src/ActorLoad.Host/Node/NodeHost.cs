using System.Net;
using System.Net.Sockets;
using ActorLoad.Actors.Hosting;
using ActorLoad.Actors.Operations;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Cli;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace ActorLoad.Host.Node;

/// <summary>One running cluster node: an actor system that joins the others, and an HTTP endpoint to operate it.</summary>
internal sealed partial class NodeHost : IAsyncDisposable
{
    public const string SystemName = "actorload";

    private readonly WebApplication _app;
    private readonly NodeSpool _spool;
    private readonly Task<string> _refused;

    private NodeHost(WebApplication app, NodeSpool spool, Task<string> refused) => (_app, _spool, _refused) = (app, spool, refused);

    public ActorSystem System => _app.Services.GetRequiredService<ActorSystem>();

    /// <summary>With the port that was really taken.</summary>
    public Uri HttpUrl => new(_app.Urls.First());

    /// <summary>With the port that was really taken.</summary>
    public Address Address => Cluster.Get(System).SelfAddress;

    /// <summary>Starts to listen and to join.</summary>
    /// <exception cref="InvalidDataException">A certificate file cannot be used.</exception>
    /// <exception cref="IOException">An address is in use or not of this machine.</exception>
    public static async Task<NodeHost> StartAsync(NodeOptions node, CancellationToken cancellation)
    {
        var tls = NodeTls.Load(node);
        var hocon = NodeHocon.Of(node);
        AddPetabridgeCmd(ref hocon);
        NodeThreads.Raise();
        var spool = new NodeSpool(node.Spool);
        var refused = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSerilog(NodeLog.Create(), dispose: true);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            kestrel.Listen(AddressOf(node.HttpHost), node.HttpPort);
        });
        builder.Services.AddAkka(SystemName, akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddHocon(hocon, HoconAddMode.Prepend)
            .AddHocon(ActorLoadDefaults.Hocon, HoconAddMode.Append)
            .WithRemoting(Remoting(node, tls))
            .WithClustering(new ClusterOptions { Roles = [.. node.Roles] })
            .WithNodeActors(node, reason => refused.TrySetResult(reason)));
        var app = builder.Build();
        var host = new NodeHost(app, spool, refused.Task);
        try
        {
            Map(app, node);
            NodeLeaving.Register(host.System);
            await app.StartAsync(cancellation).ConfigureAwait(false);
            await host.JoinAsync(node, cancellation).ConfigureAwait(false);
            return host;
        }
        catch (Exception e)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw e is SocketException or AggregateException ? new IOException((e.InnerException ?? e).Message, e) : e;
        }
    }

    /// <summary>Runs until the node was told to stop, by signal or by the cluster, or a coordinator refused to work with it.</summary>
    public async Task<NodeEnd> WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult).ConfigureAwait(false))
        {
            await Task.WhenAny(stopped.Task, System.WhenTerminated, _refused).ConfigureAwait(false);
        }

        if (stop.IsCancellationRequested || _refused.IsCompleted)
        {
            await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).ConfigureAwait(false);
        }

        await System.WhenTerminated.ConfigureAwait(false);
        return _refused.IsCompletedSuccessfully
            ? new NodeEnd(ExitCodes.Failed, await _refused.ConfigureAwait(false))
            : NodeEnd.Of(CoordinatedShutdown.Get(System).ShutdownReason, _spool.Kept());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static void Map(WebApplication app, NodeOptions node)
    {
        TokenGate.Use(app, node.Token);
        var system = app.Services.GetRequiredService<ActorSystem>();
        HealthEndpoints.Map(app, system);
        ClusterEndpoints.Map(app, new ClusterOperations(system));
        var gateway = new RunGateway(system);
        RunEndpoints.Map(app, gateway);
        NodesEndpoint.Map(app, gateway);
        StartPetabridgeCmd(system, gateway);
    }

    // Both do nothing unless the program is built with -p:EnablePetabridgeCmd=true (NodeHost.PetabridgeCmd.cs).
    static partial void AddPetabridgeCmd(ref string hocon);

    static partial void StartPetabridgeCmd(ActorSystem system, RunGateway gateway);

    private async Task JoinAsync(NodeOptions node, CancellationToken cancellation)
    {
        var cluster = Cluster.Get(System);
        if (node.WaitsToJoin)
        {
            return;
        }

        if (node.Seeds.Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
            return;
        }

        var seeds = new List<Address>();
        foreach (var seed in node.Seeds.Select(s => SeedAddress.Parse(s)!))
        {
            foreach (var host in await seed.ResolveAsync(cancellation).ConfigureAwait(false))
            {
                seeds.Add(new Address(cluster.SelfAddress.Protocol, SystemName, host, seed.Port));
            }
        }

        cluster.JoinSeedNodes(seeds);
    }

    private static RemoteOptions Remoting(NodeOptions node, NodeTls? tls)
    {
        var options = new RemoteOptions { HostName = node.Hostname, PublicHostName = node.ReachableAs, Port = node.Port };
        if (tls is not null)
        {
            options.EnableSsl = true;
            options.Ssl = new SslOptions
            {
                X509Certificate = tls.Certificate,
                RequireMutualAuthentication = true,
                ValidateCertificateHostname = false,
                CustomValidator = (certificate, _, _, _, _) => tls.Accepts(certificate),
            };
        }

        return options;
    }

    private static IPAddress AddressOf(string host) => IPAddress.TryParse(host, out var address)
        ? address
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.Loopback
            : throw new IOException($"--http: expected an address of this machine, found '{host}'");

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
