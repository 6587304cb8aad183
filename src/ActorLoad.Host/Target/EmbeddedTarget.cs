using ActorLoad.Host.Target.Http;
using ActorLoad.Host.Target.Stats;
using ActorLoad.Host.Target.Streams;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ActorLoad.Host.Target;

/// <summary>A server of Server-Sent Events to calibrate against: it knows exactly what it sent, and what it did wrong on purpose.</summary>
public sealed class EmbeddedTarget : IAsyncDisposable
{
    private const int Backlog = 8192;
    private const int LargestRequestBody = 64 * 1024;

    private readonly KestrelServer _server;
    private readonly TargetState _state;
    private readonly StreamKeeper _keeper;
    private readonly Lazy<Task> _stop;
    private volatile bool _abort;

    private EmbeddedTarget(TargetState state, KestrelServer server)
    {
        _state = state;
        _server = server;
        _keeper = new StreamKeeper(state);
        _stop = new Lazy<Task>(StopOnceAsync);
    }

    /// <summary>The first URL, with the port that was really taken.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>The numbers of `/api/stats`, now.</summary>
    public TargetStats Stats => _state.Snapshot();

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ArgumentException">An option makes no sense, or would listen beyond loopback without leave and token.</exception>
    /// <exception cref="IOException">The address is in use or not of this machine, or the journal folder cannot be used.</exception>
    public static async Task<EmbeddedTarget> StartAsync(TargetOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        var endPoints = TargetUrls.Parse(options.Urls, options.AllowRemote, options.Token);
        var state = new TargetState(options);
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = LargestRequestBody;
        foreach (var endPoint in endPoints)
        {
            kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => async connection =>
                {
                    state.Counters.Add(TargetCounter.ConnectionsAccepted);
                    state.Counters.AddOpenConnection(1);
                    state.Accepts.Connection();
                    try
                    {
                        await next(connection).ConfigureAwait(false);
                    }
                    finally
                    {
                        state.Counters.AddOpenConnection(-1);
                    }
                });
            });
        }

        var sockets = new SocketTransportOptions
        {
            Backlog = Backlog,

            // A flush runs the send on the spot, and has completed only when the socket took all: no thread hop per event, and
            // "sent" means handed to the kernel. The price, that handlers run on I/O threads, is none here: none of them blocks.
            UnsafePreferInlineScheduling = true,
            MaxWriteBufferSize = 1,
        };
        var server = new KestrelServer(
            Options.Create(kestrel),
            new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new TargetApplication(state), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            await state.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new EmbeddedTarget(state, server) { BaseUrl = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    /// <summary>Ends all streams at once and stops listening; the second call waits for the first.</summary>
    /// <param name="abort">Resets every stream's connection, as a killed process would; else responses end properly.</param>
    public Task StopAsync(bool abort = false)
    {
        _abort |= abort;
        return _stop.Value;
    }

    /// <summary>Stops, if that has not happened.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StopOnceAsync()
    {
        _state.EndStreams(_abort);
        using (var patience = new CancellationTokenSource(_abort ? TimeSpan.Zero : _state.Options.StopGrace))
        {
            await _server.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await _keeper.DisposeAsync().ConfigureAwait(false);
        await _state.DisposeAsync().ConfigureAwait(false);
        _server.Dispose();
    }
}
