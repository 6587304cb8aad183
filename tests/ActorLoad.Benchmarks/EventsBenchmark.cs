using System.Text.Json;

namespace ActorLoad.Benchmarks;

/// <summary>What one event costs the load generator, and whether every event that was sent was counted.</summary>
internal static class EventsBenchmark
{
    /// <param name="measure">Also takes the sequence number and the sending time out of every event.</param>
    public static async Task<int> RunAsync(int users, int seconds, bool measure)
    {
        using var target = await TargetProcess.StartAsync("--heartbeat", "0");
        using var folder = new ScratchFolder();

        // One event per second and stream, the streams spread over the second.
        const string path = "/api/events/stream?interval_ms=1000&spread=1";
        var duration = 40 + seconds;
        var scenario = Path.Combine(folder.Path, "events.conf");
        await File.WriteAllTextAsync(scenario, Scenario(target.BaseUrl, path, users, duration, measure));
        using var load = ActorLoadProcess.Start("run", scenario, "--out", Path.Combine(folder.Path, "run"));
        await target.WaitForStreamsAsync(users, TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromSeconds(5));

        var (cpuBefore, sentBefore) = (load.Cpu, (await target.StatsAsync()).Sent);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (cpuAfter, sentAfter) = (load.Cpu, (await target.StatsAsync()).Sent);
        var memory = load.Resident;
        await target.PauseAsync();

        var exitCode = await load.WaitAsync(TimeSpan.FromSeconds(120));
        Console.WriteLine(await load.Output.ReadToEndAsync());
        var sent = (await target.StatsAsync()).Sent;
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "run", "summary.json")));
        var received = summary.RootElement.GetProperty("counters").GetProperty("events").GetInt64();
        var events = sentAfter - sentBefore;
        Console.WriteLine($"users           {users:N0}, {events / (double)seconds:N0} events/s over {seconds} s");
        Console.WriteLine($"CPU per event   {(cpuAfter - cpuBefore).TotalMicroseconds / events:0.0} µs");
        Console.WriteLine($"measured        {(measure ? "sequence and sent-at of every event" : "no fields of events")}");
        Console.WriteLine($"memory          {memory / 1024.0 / users:0.0} KiB a user, the process itself included");
        Console.WriteLine($"sent            {sent:N0}");
        Console.WriteLine($"received        {received:N0} {(sent == received ? "(equal)" : "(NOT EQUAL)")}");
        Console.WriteLine($"exit code       {exitCode}");
        return sent == received ? exitCode : 1;
    }

    // What quick runs, and a measure block.
    private static string Scenario(Uri target, string path, int users, int seconds, bool measure) => $$"""
        scenario {
          name = "events"
          base-url = "{{target.AbsoluteUri.TrimEnd('/')}}"
          load { stages = [ { duration = 0s, users = {{users}} }, { duration = {{seconds}}s, users = {{users}} } ] }
          users.reader.tasks.read.steps = [
            { subscribe { stream = main, path = "{{path}}", within = 5m } }
            { listen { stream = main, for = 1h } }
          ]
          {{(measure ? "measure { sequence = \"id\", sent-at = \"/ts\" }" : "")}}
        }
        """;
}
