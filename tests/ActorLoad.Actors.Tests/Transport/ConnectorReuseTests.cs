using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class ConnectorReuseTests : ConnectorTests
{
    private static readonly Script Answer = Script.OnRequest().Head("HTTP/1.1 200 OK", "Content-Length: 2").Send("ok");

    [Fact]
    public async Task A_stream_never_uses_the_connection_of_another()
    {
        // The server would keep the connection; the client must not.
        var server = Serve(Stream);
        var connector = Connector();
        await ReadAsync(await ConnectAsync(connector, To(server)));
        await server.ConnectionsEndedAsync(1);
        await ReadAsync(await ConnectAsync(connector, To(server)));
        await server.ConnectionsEndedAsync(2);

        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task Nor_does_it_use_that_of_a_plain_request()
    {
        var server = Serve(Answer.KeepOpen(), Stream);
        var connector = Connector();
        await SendAsync(connector, To(server));
        await ReadAsync(await ConnectAsync(connector, To(server)));

        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task Plain_requests_share_a_connection()
    {
        var server = Serve(Answer.ReadRequest().Head("HTTP/1.1 200 OK", "Content-Length: 2").Send("ok").KeepOpen());
        var connector = Connector();
        Assert.Equal(200, (await SendAsync(connector, To(server, "/1"))).Status);
        Assert.Equal(200, (await SendAsync(connector, To(server, "/2"))).Status);

        Assert.Equal(1, server.Accepted);
        Assert.Equal(["/1", "/2"], server.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task Disposing_a_response_closes_its_connection()
    {
        var server = Serve(Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n").KeepOpen());
        var result = await ConnectAsync(Connector(), To(server));
        result.Response!.Dispose();

        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task Only_so_many_handshakes_are_in_flight()
    {
        var server = Serve(Script.Empty.KeepOpen());
        var connector = Connector(new HttpSettings { MaxConnecting = 2, ConnectTimeout = TimeSpan.FromMilliseconds(100) });
        var request = new StreamRequest { Url = new Uri($"https://127.0.0.1:{server.Port}/") };

        // None of these handshakes ever completes: each pair makes room for the next by its timeout.
        var attempts = Enumerable.Range(0, 8).Select(_ => connector.ConnectAsync(request, CancellationToken.None)).ToList();
        var most = 0;
        foreach (var attempt in attempts)
        {
            most = Math.Max(most, server.OpenConnections);
            AssertFailed(FailureReason.Timeout, await attempt.WaitAsync(Patience));
        }

        // The server takes a connection for open a little longer than the client does.
        await server.ConnectionsEndedAsync(8);
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Open_streams_do_not_count_as_handshakes()
    {
        var server = Serve(Script.OnRequest().ChunkedStream().KeepOpen());
        var connector = Connector(new HttpSettings { MaxConnecting = 2 });
        var opened = new List<StreamResponse>();
        for (var i = 0; i < 6; i++)
        {
            opened.Add((await ConnectAsync(connector, To(server))).Response!);
        }

        Assert.Equal(6, server.OpenConnections);
        opened.ForEach(o => o.Dispose());
        await server.ConnectionsEndedAsync(6);
    }

    [Fact]
    public async Task A_server_slow_with_its_headers_does_not_hold_up_the_others()
    {
        var slow = Script.OnRequest().KeepOpen();
        var server = Serve(slow, slow, slow, Stream);
        var connector = Connector(new HttpSettings { MaxConnecting = 1 });
        using var giveUp = new CancellationTokenSource();
        var waiting = new List<Task>();
        for (var i = 1; i <= 3; i++)
        {
            waiting.Add(connector.ConnectAsync(To(server), giveUp.Token));
            await server.RequestAsync(i);
        }

        await ReadAsync(await ConnectAsync(connector, To(server)));
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        await giveUp.CancelAsync();
    }
}
