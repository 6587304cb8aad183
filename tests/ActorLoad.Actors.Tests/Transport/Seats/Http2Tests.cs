using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Actors.Tests.Transport.Seats;

/// <summary>HTTP/2 with prior knowledge: which stream goes over which connection, and what its ends are called.</summary>
public sealed class Http2Tests : ConnectorTests
{
    [Theory]
    [InlineData(1, 6, 6)]
    [InlineData(3, 6, 2)]
    [InlineData(3, 7, 3)]
    [InlineData(100, 7, 1)]
    public async Task So_many_streams_share_a_connection(int perConnection, int streams, int connections)
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(perConnection));
        var opened = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => OpenAsync(connector, server.Url)));

        await server.ConnectionsAsync(connections, connections);
        var sizes = server.Requests.GroupBy(r => r.Connection).Select(g => g.Count()).OrderDescending().ToList();
        Assert.All(server.Requests, r => Assert.Equal("HTTP/2", r.Protocol));
        Assert.All(sizes.Take(streams / perConnection), size => Assert.Equal(perConnection, size));
        Assert.Equal(streams, sizes.Sum());
        Array.ForEach(opened, o => o.Dispose());
    }

    [Fact]
    public async Task A_connection_ends_with_its_last_stream_and_not_before()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(2));
        var first = await OpenAsync(connector, server.Url);
        var second = await OpenAsync(connector, server.Url);
        var third = await OpenAsync(connector, server.Url);
        await server.ConnectionsAsync(2, 2);

        third.Dispose();
        await server.ConnectionsAsync(2, 1);
        first.Dispose();
        first.Dispose();

        // There is room again on the first connection, and exactly one seat.
        var fourth = await OpenAsync(connector, server.Url);
        await server.ConnectionsAsync(2, 1);
        var fifth = await OpenAsync(connector, server.Url);
        await server.ConnectionsAsync(3, 2);
        foreach (var response in new[] { second, fourth, fifth })
        {
            response.Dispose();
        }

        await server.ConnectionsAsync(3, 0);
    }

    [Fact]
    public async Task A_server_that_takes_fewer_streams_gets_more_connections()
    {
        await using var server = await KestrelSite.StartAsync(maxStreams: 2);
        var connector = Connector(Shared(7));
        var opened = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => OpenAsync(connector, server.Url)));

        Assert.All(server.Requests.GroupBy(r => r.Connection), g => Assert.InRange(g.Count(), 1, 2));
        Array.ForEach(opened, o => o.Dispose());
        await server.ConnectionsAsync(server.Sources.Count, 0);
    }

    [Fact]
    public async Task The_handshake_is_told_once_per_connection()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(4));
        var timer = new Timer();
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(connector, server.Url, timer)));

        Assert.Equal(2, timer.Calls);
        Array.ForEach(opened, o => o.Dispose());
    }

    [Fact]
    public async Task One_handshake_at_a_time_is_enough_for_all()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(2) with { MaxConnecting = 1 });
        var opened = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => OpenAsync(connector, server.Url)));

        await server.ConnectionsAsync(5, 5);
        Array.ForEach(opened, o => o.Dispose());
    }

    [Fact]
    public async Task A_lost_connection_loses_every_stream_on_it_and_no_other()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(3));
        var lost = new[] { await OpenAsync(connector, server.UrlOf("/cut")), await OpenAsync(connector, server.Url), await OpenAsync(connector, server.Url) };
        var other = await OpenAsync(connector, server.Url);
        server.Release();

        foreach (var response in lost)
        {
            Assert.Equal(FailureReason.Truncated, await BrokenAsync(response));
            response.Dispose();
        }

        await server.ConnectionsAsync(2, 1);

        // Who comes back finds a seat beside the one that stayed.
        using var back = await OpenAsync(connector, server.Url);
        await server.ConnectionsAsync(2, 1);
        other.Dispose();
    }

    [Theory]
    [InlineData(0x0, FailureReason.Reset)]
    [InlineData(0x2, FailureReason.Reset)]
    [InlineData(0x8, FailureReason.Reset)]
    [InlineData(0xb, FailureReason.Reset)]
    [InlineData(0x1, FailureReason.Protocol)]
    public async Task A_reset_of_the_stream_has_a_reason(int code, FailureReason expected)
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(2));
        using var stays = await OpenAsync(connector, server.Url);
        using var response = await OpenAsync(connector, server.UrlOf($"/reset?code={code}"));
        server.Release();

        Assert.Equal(expected, await BrokenAsync(response));
        await server.ConnectionsAsync(1, 1);
    }

    [Theory]
    [InlineData(0x8, FailureReason.Connect)]
    [InlineData(0xd, FailureReason.Protocol)]
    public async Task So_has_one_before_the_headers(int code, FailureReason expected)
    {
        await using var server = await KestrelSite.StartAsync();

        AssertFailed(expected, await ConnectAsync(Connector(Shared(2)), new StreamRequest { Url = server.UrlOf($"/refuse?code={code}") }));
        await server.ConnectionsAsync(1, 0);
    }

    [Fact]
    public async Task A_server_that_says_goodbye_may_finish_its_streams()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(2));
        using var response = await OpenAsync(connector, server.UrlOf("/goaway"));

        // There is a seat beside it, but once the goodbye has arrived the next stream goes elsewhere.
        for (var attempt = 0; server.Sources.Count == 1; attempt++)
        {
            Assert.InRange(attempt, 0, 10_000);
            (await OpenAsync(connector, server.Url)).Dispose();
        }

        server.Release();

        using var reader = new StreamReader(response.Body);
        Assert.Equal("data: 1\n\ndata: 2\n\n", await reader.ReadToEndAsync().WaitAsync(Patience));
        Assert.Equal(2, server.Requests.Select(r => r.Connection).Distinct().Count());
    }

    [Fact]
    public async Task A_clean_end_is_one()
    {
        await using var server = await KestrelSite.StartAsync();
        Assert.Equal("data: 1\n\n", await ReadAsync(await ConnectAsync(Connector(Shared(2)), new StreamRequest { Url = server.UrlOf("/end") })));
        await server.ConnectionsAsync(1, 0);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_fail_it()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(1), maxHeaders: 16 * 1024);

        AssertFailed(FailureReason.Protocol, await ConnectAsync(connector, new StreamRequest { Url = server.UrlOf("/headers") }));
        using var small = await OpenAsync(Connector(Shared(1)), server.UrlOf("/headers"));
    }

    [Fact]
    public async Task A_server_that_does_not_speak_it_is_a_failure()
    {
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1);
        var result = await ConnectAsync(Connector(Shared(1)), new StreamRequest { Url = server.Url });

        AssertFailed(FailureReason.Protocol, result);
        Assert.Contains("HTTP/2", result.Message, StringComparison.Ordinal);
        var plain = await SendAsync(Connector(Shared(1)), new StreamRequest { Url = server.UrlOf("/plain") });
        Assert.Equal(FailureReason.Protocol, plain.Failure);
    }

    [Fact]
    public async Task Redirects_stay_on_their_connection_or_change_the_seat()
    {
        await using var server = await KestrelSite.StartAsync();
        await using var other = await KestrelSite.StartAsync();
        var connector = Connector(Shared(5));
        using var same = await OpenAsync(connector, server.UrlOf("/redirect?to=/events"));
        await server.ConnectionsAsync(1, 1);
        using var away = await OpenAsync(connector, server.UrlOf($"/redirect?to={Uri.EscapeDataString(other.Url.AbsoluteUri)}"));
        await other.ConnectionsAsync(1, 1);
        same.Dispose();

        // The hop that led away left no seat behind.
        await server.ConnectionsAsync(1, 0);
        away.Dispose();
        await other.ConnectionsAsync(1, 0);
    }

    [Fact]
    public async Task Plain_requests_share_a_connection_of_their_own()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(5));
        using var stream = await OpenAsync(connector, server.Url);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await SendAsync(connector, new StreamRequest { Url = server.UrlOf("/plain") })).Status);
        }

        await server.ConnectionsAsync(2, 2);
    }

    [Fact]
    public async Task Giving_up_while_waiting_leaves_no_seat_taken()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(Shared(2) with { MaxConnecting = 1 });
        using var giveUp = new CancellationTokenSource();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connector.ConnectAsync(new StreamRequest { Url = server.Url }, giveUp.Token));
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(connector, server.Url)));

        await server.ConnectionsAsync(2, 2);
        Array.ForEach(opened, o => o.Dispose());
        await server.ConnectionsAsync(2, 0);
    }

    private static HttpSettings Shared(int streamsPerConnection) => new() { Version = "2", StreamsPerConnection = streamsPerConnection };

    private static async Task<StreamResponse> OpenAsync(HttpSseConnector connector, Uri url, IConnectTimer? timer = null)
    {
        var result = await ConnectAsync(connector, new StreamRequest { Url = url, Timer = timer });
        Assert.True(result.Response is not null, $"{result.Reason}: {result.Message}");
        return result.Response;
    }

    private static async Task<FailureReason> BrokenAsync(StreamResponse response)
    {
        using var reader = new StreamReader(response.Body, leaveOpen: true);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync().WaitAsync(Patience));
        return TransportErrors.WhileReading(error).Reason;
    }

    private sealed class Timer : IConnectTimer
    {
        private int _calls;

        public int Calls => _calls;

        public void OnConnected(long ticks) => Interlocked.Increment(ref _calls);
    }
}
