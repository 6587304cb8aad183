using ActorLoad.Program.Tests.Tap;

namespace ActorLoad.Program.Tests.Nginx;

/// <summary>A tap on streams of nginx with nchan.</summary>
public sealed class NchanTapTests(NchanSite site) : IClassFixture<NchanSite>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Named_and_multi_line_events_arrive_as_published(bool throughTheEdge)
    {
        var channel = NchanSite.NewChannel();
        await site.PublishAsync(channel, "plain");
        await site.PublishAsync(channel, "first\nsecond\n\nfourth: grüße 😀", "price");
        await site.PublishAsync(channel, "{\"a\": 1}");

        var result = await TapCommand.RunAsync(
            throughTheEdge ? site.EdgeStreamUrl(channel) : site.StreamUrl(channel), "--max-events", "3");

        Assert.Equal(0, result.ExitCode);
        var events = result.OfType("event");
        Assert.Equal(["message", "price", "message"], events.Select(e => (string)e["event"]!));
        Assert.Equal(["plain", "first\nsecond\n\nfourth: grüße 😀", "{\"a\": 1}"], result.Data);
        var ids = events.Select(e => (string)e["id"]!).ToArray();
        Assert.All(ids, Assert.NotEmpty);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_last_event_id_resumes_after_that_message()
    {
        var channel = NchanSite.NewChannel();
        for (var i = 1; i <= 5; i++)
        {
            await site.PublishAsync(channel, $"m{i}");
        }

        var whole = await TapCommand.RunAsync(site.StreamUrl(channel), "--max-events", "5");
        var third = (string)whole.OfType("event")[2]["id"]!;
        var rest = await TapCommand.RunAsync(site.StreamUrl(channel), "--last-event-id", third, "--max-events", "2");

        Assert.Equal(["m1", "m2", "m3", "m4", "m5"], whole.Data);
        Assert.Equal(["m4", "m5"], rest.Data);
    }

    [Fact]
    public async Task Nothing_is_lost_when_nginx_cuts_the_connection_again_and_again()
    {
        const int Cuts = 4;
        const int MessagesPerCut = 50;
        var channel = NchanSite.NewChannel();
        await using var tap = TapCommand.Start(
            site.EdgeStreamUrl(channel), "--reconnect", "--max-events", $"{Cuts * MessagesPerCut}");
        for (var cut = 0; cut < Cuts; cut++)
        {
            // Half of each lot travels on the connection that is about to go, half finds nobody listening. A cut meets only
            // connections that are open by then.
            await tap.LineOfTypeAsync("open", cut + 1);
            await PublishAsync(channel, (cut * MessagesPerCut) + 1, MessagesPerCut / 2);
            site.CutStreams();
            await tap.LineOfTypeAsync("close", cut + 1);
            await PublishAsync(channel, (cut * MessagesPerCut) + 1 + (MessagesPerCut / 2), MessagesPerCut / 2);
        }

        var result = await tap.TapResultAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Enumerable.Range(1, Cuts * MessagesPerCut).Select(i => $"{i}"), result.Data);
        Assert.Equal(Cuts + 1, result.OfType("open").Count);
    }

    [Fact]
    public async Task Nothing_is_lost_when_nginx_cuts_while_messages_flow()
    {
        const int MessagesAfterTheCut = 100;
        var channel = NchanSite.NewChannel();
        await using var tap = TapCommand.Start(site.EdgeStreamUrl(channel), "--reconnect");
        await tap.LineOfTypeAsync("open");
        var cut = tap.LineOfTypeAsync("close");

        site.CutStreams();
        var published = 0;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var left = MessagesAfterTheCut; left > 0; left -= cut.IsCompleted ? 1 : 0)
        {
            await site.PublishAsync(channel, $"{++published}");
            await pace.WaitForNextTickAsync();
        }

        await cut;
        await tap.EventLineAsync($"{published}");
        tap.Interrupt();
        var result = await tap.TapResultAsync();
        Assert.Equal(Enumerable.Range(1, published).Select(i => $"{i}"), result.Data);
        Assert.Equal(2, result.OfType("open").Count);
    }

    [Fact]
    public async Task Nothing_is_lost_when_nchan_ends_idle_streams()
    {
        var channel = NchanSite.NewChannel();
        await using var tap = TapCommand.Start(site.ImpatientStreamUrl(channel), "--reconnect", "--max-events", "4");
        await PublishAsync(channel, 1, 2);
        await tap.LineAsync(line => TapLine.Matches(TapLine.Close("eof"), TapLine.Parse(line)));
        await PublishAsync(channel, 3, 2);

        var result = await tap.TapResultAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["1", "2", "3", "4"], result.Data);
        var events = result.OfType("event");
        Assert.Equal((string?)events[1]["id"], (string?)result.OfType("open")[1]["lastEventId"]);
    }

    private async Task PublishAsync(string channel, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            await site.PublishAsync(channel, $"{i}");
        }
    }
}
