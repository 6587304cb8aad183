using ActorLoad.Actors.Coordination;
using ActorLoad.Host.Admin.Runs;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ActorLoad.Host.Node;

/// <summary>One running cluster node: an actor system that joins the others, and an HTTP endpoint to operate it.</summary>
internal sealed partial class NodeHost : IAsyncDisposable
{
    public const string SystemName = "actorload";

    private readonly WebApplication _app;
    private readonly NodeOptions _node;
    private readonly NodeLife _life;
    private readonly CancellationTokenSource _disposed = new();

    private NodeHost(WebApplication app, NodeOptions node, NodeLife life) => (_app, _node, _life) = (app, node, life);

    public ActorSystem System => _app.Services.GetRequiredService<ActorSystem>();

    /// <summary>With the port that was really taken.</summary>
    public Uri HttpUrl => new(_app.Urls.Single());

    /// <summary>With the port that was really taken.</summary>
    public Address Address => Cluster.Get(System).SelfAddress;

    /// <summary>Starts to listen, and to join.</summary>
    /// <exception cref="InvalidDataException">A certificate file cannot be used.</exception>
    /// <exception cref="NodeStartException">It cannot listen where it should.</exception>
    public static async Task<NodeHost> StartAsync(NodeOptions node, CancellationToken cancellation)
    {
        var tls = NodeTls.Load(node);
        var hocon = NodeHocon.Of(node);
        AddPetabridgeCmd(ref hocon);
        NodeThreads.Raise();
        var life = new NodeLife();
        var host = new NodeHost(NodeWeb.Build(node, tls, hocon, life), node, life);
        try
        {
            host.StartSystem();
            await host.StartHttpAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _ = host.WatchWorkerAsync();
        _ = host.JoinAsync();
        return host;
    }

    /// <summary>Runs until the node was told to stop, by signal or by the cluster, or cannot go on.</summary>
    public async Task<NodeEnd> WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult).ConfigureAwait(false))
        {
            await Task.WhenAny(stopped.Task, System.WhenTerminated, _life.Over).ConfigureAwait(false);
        }

        if (stop.IsCancellationRequested || _life.Over.IsCompleted)
        {
            await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).ConfigureAwait(false);
        }

        await System.WhenTerminated.ConfigureAwait(false);
        var spool = _node.HasRole(NodeRoles.Worker) ? new NodeSpool(_node.Spool, _life.Mark).Kept(_life.Left) : null;
        return _life.Over.IsCompletedSuccessfully
            ? NodeEnd.Because(await _life.Over.ConfigureAwait(false), spool)
            : NodeEnd.Of(CoordinatedShutdown.Get(System).ShutdownReason, _node, spool);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _disposed.Dispose();
    }

    private void StartSystem()
    {
        try
        {
            NodeLeaving.Register(System, _life);
        }
        catch (Exception e) when (NodeBindings.OfRemoting(_node, e) is { } problem)
        {
            throw problem;
        }
    }

    private async Task StartHttpAsync(CancellationToken cancellation)
    {
        var gateway = new RunGateway(System);
        NodeWeb.Map(_app, _node, System, gateway);
        StartPetabridgeCmd(System, gateway);
        try
        {
            await _app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (NodeBindings.OfHttp(_node, e) is { } problem)
        {
            throw problem;
        }
    }

    // A node without its worker would be a member that is ready and does nothing.
    private async Task WatchWorkerAsync()
    {
        if (ActorRegistry.For(System).TryGet<WorkerActor>(out var worker))
        {
            await worker.WatchAsync(_disposed.Token).ConfigureAwait(false);
            if (CoordinatedShutdown.Get(System).ShutdownReason is null && !_disposed.IsCancellationRequested)
            {
                _life.End("this node's worker has crashed; the log says how");
            }
        }
    }

    private async Task JoinAsync()
    {
        try
        {
            if (await NodeJoining.JoinAsync(System, _node, _disposed.Token).ConfigureAwait(false) is { } problem)
            {
                _life.End(problem);
            }
        }
        catch (OperationCanceledException)
        {
            // It ends before it has joined.
        }
    }

    // Both do nothing unless the program is built with -p:EnablePetabridgeCmd=true (NodeHost.PetabridgeCmd.cs).
    static partial void AddPetabridgeCmd(ref string hocon);

    static partial void StartPetabridgeCmd(ActorSystem system, RunGateway gateway);
}
