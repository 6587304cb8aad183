using ActorLoad.Program.Tests.Nginx;

namespace ActorLoad.Program.Tests.Run;

/// <summary>A run against nginx with nchan, whose edge cuts all streams while messages flow.</summary>
public sealed class NchanRunTests(NchanSite site) : IClassFixture<NchanSite>
{
    [Fact]
    public async Task No_user_loses_a_message_when_nginx_cuts_its_streams()
    {
        const int Users = 50;
        const int Messages = 120;
        const int Cuts = 2;
        using var folder = new ScratchFolder();
        var channel = NchanSite.NewChannel();
        var scenario = folder.Write("nchan.conf", $$$"""
            scenario {
              name = nchan
              base-url = "{{{site.EdgeUrl}}}"
              load { stages = [ { duration = 0s, users = {{{Users}}} }, { duration = 5m, users = {{{Users}}} } ] }
              reconnect { min-backoff = 100ms }
              users { reader { tasks { read { steps = [
                { subscribe { stream = main, path = "/subscribe/{{{channel}}}" } }
                { await { stream = main, events = {{{Messages}}}, event = price, data-contains = "line 2 of", within = 2m } }
                { await { stream = main, event = end, within = 30s } }
                { pause = 10m }
              ] } } } }
            }
            """);
        await using var process = RunCommand.Start(folder, "run", scenario);
        var timeline = Path.Combine(folder.Path, "run");
        for (var i = 1; i <= Messages; i++)
        {
            await site.PublishAsync(channel, $"{{\"n\": {i}}}\nline 2 of {i}", "price");
            if (i % (Messages / (Cuts + 1)) == 1)
            {
                // Everybody is there and listening before the cut, and nobody need be back when the next messages come.
                await Timeline.UntilAsync(timeline, "connects_opened", Users * ((i / (Messages / (Cuts + 1))) + 1));
                site.CutStreams();
                await Timeline.UntilAsync(timeline, "disconnects", Users * ((i / (Messages / (Cuts + 1))) + 1));
            }
        }

        await site.PublishAsync(channel, "done", "end");
        await Timeline.UntilAsync(timeline, "events", Users * (Messages + 1));
        process.Interrupt();
        var run = await process.RunResultAsync();

        Assert.Equal(Users * (Messages + 1), run.Counter("events"));
        Assert.Equal(Users * Messages, (long)run.Summary["events"]!["price"]!);
        Assert.Equal(Users, (long)run.Summary["events"]!["end"]!);
        Assert.Equal(0, run.Counter("tasks_failed"));
        Assert.True(run.Counter("reconnects") >= Cuts * Users, run.ToString());
    }
}
