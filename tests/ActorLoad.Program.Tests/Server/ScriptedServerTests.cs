using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Server;

/// <summary>The server that the other tests lean on, seen by clients that are not ours.</summary>
public sealed class ScriptedServerTests
{
    private const string Body = "data: grüße\n\n";

    public static TheoryData<string> Framings => [.. Framed.Keys];

    private static Dictionary<string, Script> Framed { get; } = new()
    {
        ["chunked"] = Script.OnRequest().ChunkedStream().Chunk(Body).EndChunks(),
        ["chunk by byte"] = Script.OnRequest().ChunkedStream().ChunkByteByByte(Encoding.UTF8.GetBytes(Body)).EndChunks(),
        ["length"] = Script.OnRequest().StreamOfLength(Encoding.UTF8.GetByteCount(Body)).Send(Body),
        ["until close"] = Script.OnRequest().StreamUntilClose().Send(Body),
        ["HTTP/1.0"] = Script.OnRequest().StreamOfHttp10().SendByteByByte(Encoding.UTF8.GetBytes(Body)),
    };

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task Every_framing_is_understood_by_another_client(string framing)
    {
        await using var server = ScriptedServer.Start(Framed[framing]);
        using var client = new HttpClient();

        Assert.Equal(Body, await client.GetStringAsync(server.Url));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Bytes_arrive_as_scripted_and_the_end_is_clean()
    {
        await using var server = ScriptedServer.Start(
            Script.Empty.Send("exactly\r\n").SendByteByByte([0, 255, 13, 10]).SendEach(["these"u8.ToArray(), "bytes"u8.ToArray()]));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);

        var received = new MemoryStream();
        await client.GetStream().CopyToAsync(received);

        Assert.Equal([.. "exactly\r\n"u8, 0, 255, 13, 10, .. "thesebytes"u8], received.ToArray());
        Assert.Equal(received.Length, server.BytesSent);
    }

    [Fact]
    public async Task Connection_n_plays_script_n_and_the_last_one_repeats()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().Respond("200 OK", body: "first"), Script.OnRequest().Respond("404 Not Found", body: "then"));
        using var client = new HttpClient();
        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await client.GetAsync(server.UrlOf($"/{i}"));
            answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.Equal(["200 first", "404 then", "404 then"], answers);
        Assert.Equal(["/0", "/1", "/2"], server.Requests.Select(r => r.Target));
        Assert.Equal(3, server.Accepted);
    }

    [Fact]
    public async Task Requests_are_recorded_with_every_header_and_the_body()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Respond("200 OK"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.UrlOf("/a?b=c"));
        request.Headers.Add("X-Twice", ["1", "2"]);
        request.Content = new StringContent("grüße");
        using var response = await client.SendAsync(request);

        var seen = await server.RequestAsync(1);

        Assert.Equal(("POST", "/a?b=c", "HTTP/1.1"), (seen.Method, seen.Target, seen.Version));
        Assert.Equal("1, 2", seen.Header("x-twice"));
        Assert.Null(seen.Header("X-Never"));
        Assert.Equal("grüße", Encoding.UTF8.GetString(seen.Body));
    }

    [Fact]
    public async Task Connections_run_side_by_side_and_wait_for_gates()
    {
        var go = new Gate();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().WaitFor(go).Respond("200 OK", body: "waited"),
            Script.OnRequest().Open(go).Respond("200 OK", body: "opened"));
        using var client = new HttpClient();
        var first = client.GetStringAsync(server.Url);
        await server.RequestAsync(1);

        Assert.False(first.IsCompleted);
        Assert.Equal("opened", await client.GetStringAsync(server.Url));
        Assert.Equal("waited", await first);
    }

    [Fact]
    public async Task A_reset_is_a_reset()
    {
        var go = new Gate();
        await using var server = ScriptedServer.Start(Script.Empty.Send("x").WaitFor(go).Reset());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        var buffer = new byte[10];
        Assert.Equal(1, await client.Client.ReceiveAsync(buffer));

        go.Open();

        var thrown = await Assert.ThrowsAsync<SocketException>(() => client.Client.ReceiveAsync(buffer));
        Assert.Equal(SocketError.ConnectionReset, thrown.SocketErrorCode);
    }

    [Fact]
    public async Task Endless_scripts_stop_when_the_client_leaves()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().EndlessLine(), Script.OnRequest().EndlessEvent(), Script.OnRequest().HeaderFlood());
        for (var i = 0; i < 3; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Port);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await client.GetStream().ReadExactlyAsync(new byte[1 << 20]);
        }

        await server.ConnectionsEndedAsync(3);
        Assert.Equal(0, server.OpenConnections);
        Assert.InRange(server.BytesSent, 3 << 20, long.MaxValue);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Disposing_ends_open_connections_and_frees_the_port()
    {
        var server = ScriptedServer.Start(Script.OnRequest().StreamUntilClose().Send("x").KeepOpen());
        using var client = new HttpClient();
        using var stream = await client.GetStreamAsync(server.Url);
        Assert.Equal(1, await stream.ReadAsync(new byte[10]));
        Assert.Equal(1, server.OpenConnections);

        await server.DisposeAsync();

        Assert.Equal(0, server.OpenConnections);
        Assert.Equal(0, await stream.ReadAsync(new byte[10]));
        await using var next = ScriptedServer.StartOn(server.Port, Script.OnRequest().Respond("200 OK", body: "next"));
        Assert.Equal("next", await client.GetStringAsync(next.Url));
    }

    [Fact]
    public async Task A_request_that_is_none_is_told()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Respond("200 OK"));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        await client.GetStream().WriteAsync("nonsense\r\n\r\n"u8.ToArray());

        await server.ConnectionsEndedAsync(1);

        Assert.IsType<FormatException>(Assert.Single(server.Faults));
    }
}
