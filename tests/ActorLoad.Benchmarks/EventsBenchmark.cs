using System.Text.Json;

namespace ActorLoad.Benchmarks;

/// <summary>What one event costs the load generator, and whether every event that was sent was counted.</summary>
internal static class EventsBenchmark
{
    public static async Task<int> RunAsync(int users, int seconds)
    {
        using var target = await TargetProcess.StartAsync("--heartbeat", "0");
        using var folder = new ScratchFolder();

        // One event per second and stream, the streams spread over the second.
        var url = new Uri(target.BaseUrl, "/api/events/stream?interval_ms=1000&spread=1").AbsoluteUri;
        var duration = 40 + seconds;
        using var load = ActorLoadProcess.Start("quick", url, "--users", $"{users}", "--duration", $"{duration}s", "--out", folder.Path);
        await target.WaitForStreamsAsync(users, TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromSeconds(5));

        var (cpuBefore, sentBefore) = (load.Cpu, (await target.StatsAsync()).Sent);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (cpuAfter, sentAfter) = (load.Cpu, (await target.StatsAsync()).Sent);
        await target.PauseAsync();

        var exitCode = await load.WaitAsync(TimeSpan.FromSeconds(120));
        Console.WriteLine(await load.Output.ReadToEndAsync());
        var sent = (await target.StatsAsync()).Sent;
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "summary.json")));
        var received = summary.RootElement.GetProperty("counters").GetProperty("events").GetInt64();
        var events = sentAfter - sentBefore;
        Console.WriteLine($"users           {users:N0}, {events / (double)seconds:N0} events/s over {seconds} s");
        Console.WriteLine($"CPU per event   {(cpuAfter - cpuBefore).TotalMicroseconds / events:0.0} µs");
        Console.WriteLine($"sent            {sent:N0}");
        Console.WriteLine($"received        {received:N0} {(sent == received ? "(equal)" : "(NOT EQUAL)")}");
        Console.WriteLine($"exit code       {exitCode}");
        return sent == received ? exitCode : 1;
    }
}
