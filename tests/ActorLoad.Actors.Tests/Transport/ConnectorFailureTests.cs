using System.Net;
using System.Net.Sockets;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>Everything a target can do wrong, each with its typed reason; nothing throws, and no connection stays.</summary>
public sealed class ConnectorFailureTests : ConnectorTests
{
    public static TheoryData<string, Script, FailureReason, int> Heads => new()
    {
        { "closed unread", Script.Empty, FailureReason.Connect, 0 },
        { "closed without an answer", Script.OnRequest(), FailureReason.Connect, 0 },
        { "reset", Script.OnRequest().Reset(), FailureReason.Connect, 0 },
        { "cut in the head", Script.OnRequest().Send("HTTP/1.1 200 OK\r\nContent-"), FailureReason.Connect, 0 },
        { "no http", Script.OnRequest().Send("SSH-2.0-OpenSSH_9.9\r\n\r\n"), FailureReason.Protocol, 0 },
        { "no status", Script.OnRequest().Send("HTTP/1.1 abc OK\r\n\r\n"), FailureReason.Protocol, 0 },
        { "no header", Script.OnRequest().Send("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), FailureReason.Protocol, 0 },
        { "header flood", Script.OnRequest().HeaderFlood(), FailureReason.Protocol, 0 },
        { "no content", Script.OnRequest().Respond("204 No Content"), FailureReason.NoContent, 204 },
        { "not found", Script.OnRequest().Respond("404 Not Found"), FailureReason.Status, 404 },
        { "unavailable", Script.OnRequest().Respond("503 Service Unavailable"), FailureReason.Status, 503 },
        { "plain text", Script.OnRequest().Respond("200 OK"), FailureReason.ContentType, 200 },
        { "endless error", Script.OnRequest().Head("HTTP/1.1 500 Oops").SendEndlessly(new byte[4096]), FailureReason.Status, 500 },
    };

    public static TheoryData<string, Script, FailureReason> Bodies => new()
    {
        { "chunk size", Script.OnRequest().ChunkedStream().Send("zzz\r\n"), FailureReason.Protocol },
        { "cut chunk", Script.OnRequest().ChunkedStream().Send("ff\r\ndata"), FailureReason.Truncated },
        { "cut between chunks", Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n"), FailureReason.Truncated },
        { "cut length", Script.OnRequest().StreamOfLength(100).Send("data"), FailureReason.Truncated },
        { "reset", Script.OnRequest().ChunkedStream().Reset(), FailureReason.Reset },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task A_bad_head_has_its_reason(string name, Script script, FailureReason expected, int status)
    {
        var server = Serve(script);
        var result = await ConnectAsync(Connector(), To(server));

        Assert.Null(result.Response);
        Assert.Equal((name, expected, status), (name, result.Reason, result.Status));
        await server.ConnectionsEndedAsync(1);
        Assert.InRange(server.BytesSent, 0, 16 * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_has_its_reason(string name, Script script, FailureReason expected)
    {
        var server = Serve(script);
        var result = await ConnectAsync(Connector(), To(server));
        if (result.Response is null)
        {
            // The reset overtook the head.
            Assert.Equal(("reset", FailureReason.Connect), (name, result.Reason));
            return;
        }

        var error = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(result));
        Assert.Equal((name, expected), (name, TransportErrors.WhileReading(error).Reason));
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task A_refused_connection_is_told_as_such()
    {
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;
        var result = await ConnectAsync(Connector(), new StreamRequest { Url = new Uri($"http://127.0.0.1:{port}/") });

        AssertFailed(FailureReason.Connect, result);
        Assert.Equal("connection refused", result.Message);
    }

    [Fact]
    public async Task No_headers_in_time_is_a_timeout()
    {
        var server = Serve(Script.OnRequest().KeepOpen());
        var connector = Connector(new HttpSettings
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(100), HeaderTimeout = TimeSpan.FromMilliseconds(200),
        });

        AssertFailed(FailureReason.Timeout, await ConnectAsync(connector, To(server)));
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task A_handshake_that_hangs_is_a_timeout_of_the_connect()
    {
        var server = Serve(Script.Empty.KeepOpen());
        var connector = Connector(new HttpSettings { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        var result = await ConnectAsync(connector, new StreamRequest { Url = new Uri($"https://127.0.0.1:{server.Port}/") });

        AssertFailed(FailureReason.Timeout, result);
        Assert.Contains("no connection within 0.2 s", result.Message, StringComparison.Ordinal);
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task A_message_carries_no_query()
    {
        var server = Serve(Script.OnRequest().Respond("500 Oops"));
        var result = await ConnectAsync(Connector(), To(server, "/events?token=secret"));

        Assert.DoesNotContain("secret", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_up_leaves_no_connection()
    {
        var server = Serve(Script.OnRequest().KeepOpen());
        using var giveUp = new CancellationTokenSource();
        var connecting = Connector().ConnectAsync(To(server), giveUp.Token);
        await server.RequestAsync(1);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Patience));
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task Giving_up_in_the_handshake_leaves_no_connection()
    {
        var accepted = new Gate();
        var server = Serve(Script.Empty.Open(accepted).KeepOpen());
        using var giveUp = new CancellationTokenSource();
        var connector = Connector(new HttpSettings { ConnectTimeout = TimeSpan.FromMinutes(10) });
        var connecting = connector.ConnectAsync(
            new StreamRequest { Url = new Uri($"https://127.0.0.1:{server.Port}/") }, giveUp.Token);
        await accepted.WaitAsync();
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Patience));
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task Whatever_goes_wrong_while_giving_up_is_told_as_giving_up()
    {
        using var giveUp = new CancellationTokenSource();
        var request = new StreamRequest
        {
            Url = new Uri("http://127.0.0.1:1/"),
            Headers = new Interrupting(giveUp),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Connector().SendAsync(request, giveUp.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Connector().ConnectAsync(request, giveUp.Token));
    }

    [Fact]
    public async Task A_plain_response_that_is_cut_short_is_truncated()
    {
        var server = Serve(Script.OnRequest().Head("HTTP/1.1 200 OK", "Content-Length: 100").Send("short"));
        var result = await SendAsync(Connector(), To(server));

        Assert.Equal(FailureReason.Truncated, result.Failure);
    }

    [Fact]
    public async Task An_endless_plain_response_is_not_read_to_its_end()
    {
        var server = Serve(Script.OnRequest().Head("HTTP/1.1 200 OK", "Connection: close").SendEndlessly(new byte[4096]));
        var result = await SendAsync(Connector(), To(server));

        Assert.Equal((200, null), (result.Status, result.Failure));
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task A_plain_request_that_nobody_answers_can_be_given_up()
    {
        var server = Serve(Script.OnRequest().KeepOpen());
        using var giveUp = new CancellationTokenSource();
        var sending = Connector().SendAsync(To(server), giveUp.Token);
        await server.RequestAsync(1);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));
        await server.ConnectionsEndedAsync(1);
    }

    /// <summary>Headers whose reading fails at the very moment that the caller gives up.</summary>
    private sealed class Interrupting(CancellationTokenSource giveUp) : List<KeyValuePair<string, string>>, IReadOnlyList<KeyValuePair<string, string>>
    {
        IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator()
        {
            giveUp.Cancel();
            throw new IOException("broken pipe");
        }
    }
}
