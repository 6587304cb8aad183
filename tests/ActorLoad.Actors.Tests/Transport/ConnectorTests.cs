using System.Text;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>The real connector against a server that sends exactly what its script says.</summary>
public abstract class ConnectorTests : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<IDisposable> _owned = [];

    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    protected static Script Stream { get; } = Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n").EndChunks().KeepOpen();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _owned.ForEach(o => o.Dispose());
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    protected ScriptedServer Serve(params Script[] scripts)
    {
        var server = ScriptedServer.Start(scripts);
        _servers.Add(server);
        return server;
    }

    protected HttpSseConnector Connector(HttpSettings? settings = null, int maxHeaders = 64 * 1024)
    {
        var connector = new HttpSseConnector(settings ?? new HttpSettings(), maxHeaders);
        _owned.Add(connector);
        return connector;
    }

    protected static StreamRequest To(ScriptedServer server, string path = "/events") => new() { Url = new Uri(server.UrlOf(path)) };

    private protected static Task<ConnectResult> ConnectAsync(HttpSseConnector connector, StreamRequest request) =>
        connector.ConnectAsync(request, CancellationToken.None).WaitAsync(Patience);

    private protected static Task<RequestResult> SendAsync(HttpSseConnector connector, StreamRequest request) =>
        connector.SendAsync(request, CancellationToken.None).WaitAsync(Patience);

    /// <summary>Opens a stream, reads it to its end and disposes it.</summary>
    private protected static async Task<string> ReadAsync(ConnectResult result)
    {
        Assert.True(result.Response is not null, $"{result.Reason}: {result.Message}");
        using var response = result.Response;
        using var reader = new StreamReader(response.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    private protected static void AssertFailed(FailureReason reason, ConnectResult result)
    {
        Assert.Null(result.Response);
        Assert.True(reason == result.Reason, $"expected {reason}, got {result.Reason}: {result.Message}");
        Assert.NotEqual("", result.Message);
    }
}
