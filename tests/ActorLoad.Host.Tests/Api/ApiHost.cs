using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorLoad.Host.Tests.Api;

/// <summary>A node's endpoints for runs on a free port, with a coordinator that says what the test wants.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const int LargestBody = 64 * 1024 * 1024;

    /// <summary>Patience for tests that do not wait for anything.</summary>
    public static readonly GatewayTimes Patient = new() { Answer = TimeSpan.FromSeconds(30), Silence = TimeSpan.FromMinutes(1) };

    private readonly WebApplication _app;
    private readonly ActorSystem _system;

    private ApiHost(WebApplication app, ActorSystem system, FakeCoordinator coordinator) =>
        (_app, _system, Coordinator) = (app, system, coordinator);

    public FakeCoordinator Coordinator { get; }

    public HttpClient Http { get; private set; } = null!;

    public string Url => Http.BaseAddress!.OriginalString;

    public static async Task<ApiHost> StartAsync(GatewayTimes? times = null, string? token = null, int port = 0)
    {
        var system = ActorSystem.Create("api", "akka.loglevel = WARNING, akka.log-dead-letters = off");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BodyLimit.Default;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        var host = new ApiHost(builder.Build(), system, new FakeCoordinator(system));
        var gateway = new RunGateway(system, host.Coordinator.Ref, times ?? Patient);
        NodeGates.Use(host._app, token, isLocal: true);
        RunEndpoints.Map(host._app, gateway);
        NodesEndpoint.Map(host._app, gateway);
        await host._app.StartAsync();
        host.Http = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        return host;
    }

    /// <summary>As a client of the same version would send it.</summary>
    public static HttpRequestMessage Submission(byte[] body, string? protocol = null, string contentType = SubmitBody.ContentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/runs") { Content = new ByteArrayContent(body) };
        request.Content.Headers.Add("Content-Type", contentType);
        request.Headers.Add(SubmitBody.ProtocolHeader, protocol ?? $"{WireMessages.ProtocolVersion}");
        request.Headers.ExpectContinue = true;
        return request;
    }

    /// <summary>Tells everybody that the node ends, while its connections are still there.</summary>
    public void AnnounceEnd() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _system.Terminate();
    }
}
