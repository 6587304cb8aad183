using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ActorLoad.TestServer;

/// <summary>A Kestrel on loopback that knows which TCP connection a request came over, and ends streams in every way.</summary>
public sealed class KestrelSite : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ended = [];
    private readonly ConcurrentDictionary<string, Socket> _sockets = [];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _written;

    private KestrelSite(WebApplication application) => _application = application;

    /// <summary>Of each request, in order of arrival: the TCP connection, the path and what else a test looks at.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = [];

    /// <summary>Addresses that connections came from, by connection.</summary>
    public ConcurrentDictionary<string, IPAddress> Sources { get; } = [];

    /// <summary>Names that clients asked for by SNI.</summary>
    public ConcurrentQueue<string?> ServerNames { get; } = [];

    /// <summary>Bytes written by <c>/flood</c>.</summary>
    public long Written => Interlocked.Read(ref _written);

    public int Open => _ended.Values.Count(e => !e.Task.IsCompleted);

    public Uri Url { get; private set; } = null!;

    public static async Task<KestrelSite> StartAsync(
        HttpProtocols protocols = HttpProtocols.Http2, X509Certificate2? certificate = null, bool wantsClient = false, int maxStreams = 1000)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        KestrelSite? server = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = maxStreams;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.Use(next => async connection =>
                {
                    var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    server!._ended[connection.ConnectionId] = ended;
                    server._sockets[connection.ConnectionId] = connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
                    server.Sources[connection.ConnectionId] = ((IPEndPoint)connection.RemoteEndPoint!).Address;
                    try
                    {
                        await next(connection);
                    }
                    finally
                    {
                        server._sockets.TryRemove(connection.ConnectionId, out _);
                        ended.SetResult();
                    }
                });
                if (certificate is not null)
                {
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificateSelector = (_, name) =>
                        {
                            server!.ServerNames.Enqueue(name);
                            return certificate;
                        };
                        https.SslProtocols = SslProtocols.None;
                        https.ClientCertificateMode = wantsClient ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
                        https.ClientCertificateValidation = (_, _, _) => true;
                    });
                }
            });
        });
        var application = builder.Build();
        server = new KestrelSite(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        server.Url = new Uri(new Uri(application.Urls.Single()), "/events");
        return server;
    }

    public Uri UrlOf(string path) => new(Url, path);

    /// <summary>Waits until so many TCP connections were made and all but <paramref name="open"/> of them have ended.</summary>
    public async Task ConnectionsAsync(int made, int open)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (_ended.Count != made || Open != open)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"expected {made} connections with {open} of them open, there are {_ended.Count} with {Open} open");
            }

            await look.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits until so many requests have come.</summary>
    public async Task StreamsAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Requests.Count < count)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"expected {count} requests, there were {Requests.Count}");
            }

            await look.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until <c>/flood</c> could write nothing for a while.</summary>
    public async Task<long> BlockedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (last, still) = (-1L, 0);
        while (still < 6)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"the server was never held back and has written {Written} bytes");
            }

            await look.WaitForNextTickAsync(CancellationToken.None);
            (last, still) = (Written, Written == last ? still + 1 : 0);
        }

        return last;
    }

    /// <summary>Ends every TCP connection that is open now, without a word of HTTP.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Values)
        {
            socket.Shutdown(SocketShutdown.Both);
        }
    }

    /// <summary>What the streams at <c>/held</c> wait for.</summary>
    public void Release() => _release.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue(new Seen(
            context.Connection.Id, context.Request.Path, context.Request.Protocol, context.Request.Host.Value ?? "", context.Connection.ClientCertificate?.Subject));
        var response = context.Response;
        switch (context.Request.Path.Value)
        {
            case "/plain":
                await response.WriteAsync("ok");
                return;
            case "/redirect":
                response.Redirect(context.Request.Query["to"]!);
                return;
            case "/headers":
                response.Headers["X-Long"] = new string('x', 30_000);
                break;
            case "/refuse":
                context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(int.Parse(context.Request.Query["code"]!));
                return;
        }

        response.ContentType = "text/event-stream";
        await response.WriteAsync("data: 1\n\n");
        await response.Body.FlushAsync();
        switch (context.Request.Path.Value)
        {
            case "/end":
                return;
            case "/reset":
                await _release.Task;
                context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(int.Parse(context.Request.Query["code"]!));
                return;
            case "/cut":
                await _release.Task;
                context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Both);
                return;
            case "/goaway":
                context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
                await _release.Task;
                await response.WriteAsync("data: 2\n\n");
                return;
            case "/flood":
                var piece = System.Text.Encoding.ASCII.GetBytes($": {new string('x', 1000)}\n");
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await response.Body.WriteAsync(piece, context.RequestAborted);
                    Interlocked.Add(ref _written, piece.Length);
                }

                return;
            case "/held":
                await _release.Task;
                return;
            default:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
        }
    }

    public sealed record Seen(string Connection, string Path, string Protocol, string Host, string? Client);
}
