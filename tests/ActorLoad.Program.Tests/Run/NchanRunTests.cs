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
        for (var i = 1; i <= Messages; i++)
        {
            await site.PublishAsync(channel, $"{{\"n\": {i}}}\nline 2 of {i}", "price");
            if (i % 40 == 0)
            {
                site.CutStreams();
            }
        }

        await site.PublishAsync(channel, "done", "end");

        // The last message reaches everybody: then each user has the whole channel behind it.
        await process.Errors.FirstAsync(
            line => line.Contains($"users {Users}", StringComparison.Ordinal), new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        await Timeline.UntilAsync(Path.Combine(folder.Path, "run"), "events", Users * (Messages + 1));
        process.Interrupt();
        var run = await process.RunResultAsync();

        Assert.Equal(Users * (Messages + 1), run.Counter("events"));
        Assert.Equal(Users * Messages, (long)run.Summary["events"]!["price"]!);
        Assert.Equal(Users, (long)run.Summary["events"]!["end"]!);
        Assert.Equal(0, run.Counter("tasks_failed"));
        Assert.True(run.Counter("reconnects") >= Users, run.ToString());
    }
}
