using System.Globalization;
using System.Text;
using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Clients that walk away: the server must see neither a close nor a read until the run ends.</summary>
public sealed class AbandonTests
{
    [Fact]
    public async Task The_target_sees_no_close_until_the_run_ends()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "50ms");
        var file = folder.Write("abandon.conf", $$"""
            scenario {
              name = abandon
              base-url = "{{target.BaseUrl}}"
              load { stages = [ { duration = 0s, users = 10 }, { duration = 2m, users = 10 } ] }
              users {
                stepper { tasks.once.steps = [
                  { subscribe { stream = main, path = "/api/events/stream" } }, { await { stream = main } }
                  { abandon = main }
                  { pause = 10m }
                ] }
                leaver { iterations = 1, on-leave = abandon, tasks.visit.steps = [
                  { subscribe { stream = main, path = "/api/events/stream" } }, { await { stream = main } }, { pause = 500ms }
                ] }
              }
            }
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        await Timeline.UntilAsync(Path.Combine(folder.Path, "run"), "streams_abandoned", 40);

        // The target goes on writing to them, and the kernel on both sides says that they are established: nobody sent a FIN.
        var open = await target.StatsAsync();
        Assert.True((long)open["streams"]!["open"]! >= 40, open.ToJsonString());
        Assert.Equal(0, (long)open["streams"]!["closed"]!["client"]!);
        Assert.True(Established(target.BaseUrl.Port) >= 40);
        process.Interrupt();
        var result = await process.RunResultAsync();

        await target.UntilAsync(s => (long)s["streams"]!["open"]! == 0, "all streams closed at the end");
        var stats = await target.StatsAsync();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(result.Counter("connects_opened"), (long)stats["streams"]!["closed"]!["client"]!);
        Assert.Equal(0, result.Counter("disconnects"));
        Assert.Equal(5 + Leavers(result, "users_finished") - InHand(result), result.Counter("streams_abandoned"));

        // As levels go they are gone with their user: never more open than there are users.
        Assert.InRange((long)result.Summary["gaugesMax"]!["streams_open"]!, 5, 10);
    }

    [Fact]
    public async Task An_abandoned_stream_is_not_read_so_the_server_feels_it()
    {
        // More than the buffers of both kernels hold: it can be sent only if somebody reads.
        const int chunk = 64 * 1024;
        const int chunks = 1000;
        var abandoned = new Gate();
        var bytes = Encoding.ASCII.GetBytes($"data: {new string('x', chunk)}\n\n");
        byte[] piece = [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];
        var script = Script.OnRequest().ChunkedStream().Chunk("data: first\n\n").WaitFor(abandoned);
        await using var server = ScriptedServer.Start(script.SendEach(Enumerable.Repeat(piece, chunks)).KeepOpen());
        using var folder = new ScratchFolder();
        var file = folder.Write("abandon.conf", $$"""
            scenario {
              name = abandon
              base-url = "{{server.UrlOf("/")}}"
              load { stages = [ { duration = 0s, users = 1 }, { duration = 4s, users = 1 } ] }
              users.one.tasks.once.steps = [
                { subscribe { stream = main, path = "/events" } }, { await { stream = main, within = 10s } }
                { abandon = main }
                { pause = 10m }
              ]
            }
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        await Timeline.UntilAsync(Path.Combine(folder.Path, "run"), "streams_abandoned", 1);
        abandoned.Open();
        var result = await process.RunResultAsync();

        Assert.Equal((1, 1), (result.Counter("streams_abandoned"), result.Counter("events")));
        Assert.InRange(server.BytesSent, chunk, (long)chunk * chunks / 2);
        await server.ConnectionsEndedAsync(1);
    }

    private static long Leavers(RunResult result, string counter) => (long)result.Summary["userTypes"]!["leaver"]!["counters"]![counter]!;

    // Whoever was in the middle of its visit when the run ended has closed its stream.
    private static long InHand(RunResult result) =>
        result.Tasks["leaver.visit"].Interrupted;

    private static int Established(int port)
    {
        // The server's side of the connections; after a FIN of the client it would be in CLOSE_WAIT, 08.
        const string established = "01";
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/tcp").Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(c => c[1].EndsWith(suffix, StringComparison.Ordinal) && c[3] == established);
    }
}
