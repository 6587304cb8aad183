using System.Globalization;
using System.Text.Json;

namespace ActorLoad.Benchmarks;

/// <summary>
/// Everybody is dropped at once, by the scenario and by a target that is killed and started again; what the run reports of the
/// recovery stands beside what the target's own accept log says.
/// </summary>
internal static class StormBenchmark
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(int users)
    {
        using var folder = new ScratchFolder();
        var log = Path.Combine(folder.Path, "accepts.jsonl");
        string[] options = ["--heartbeat", "0", "--retry", "500ms", "--accept-log", log];
        var first = await TargetProcess.StartAsync(options);
        var scenario = Path.Combine(folder.Path, "storm.conf");
        var ramp = Math.Max(5, users / 500);
        var storm = ramp + 10;
        await File.WriteAllTextAsync(scenario, string.Create(CultureInfo.InvariantCulture, $$"""
            scenario {
              name = storm
              base-url = "{{first.BaseUrl}}"
              load { stages = [ { duration = {{ramp}}s, users = {{users}} }, { duration = 5m, users = {{users}} } ] }
              reconnect { min-backoff = 500ms, max-backoff = 2s, jitter = 0.2 }
              events-at = [ { at = {{storm}}s, drop { fraction = 1.0 } } ]
              users { holder { tasks { hold { steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=5000&spread=1" } }
                { listen { stream = main, for = 10m } }
              ] } } } }
            }
            """));
        var run = Path.Combine(folder.Path, "run");
        using var load = ActorLoadProcess.Start("run", scenario, "--out", run);
        await first.WaitForStreamsAsync(users, TimeSpan.FromSeconds(ramp + 20));
        var cut = await WaitForStormAsync(run, storm + 60, users);
        Console.WriteLine($"all {users:N0} streams are back from the client's storm at second {cut}");
        await Task.Delay(TimeSpan.FromSeconds(2));
        first.Dispose();
        await Task.Delay(Away);
        using var second = await TargetProcess.StartOnAsync(first.BaseUrl.Port, options);
        await second.WaitForStreamsAsync(users, TimeSpan.FromSeconds(60));
        await Task.Delay(TimeSpan.FromSeconds(3));
        load.Interrupt();
        var exitCode = await load.WaitAsync(TimeSpan.FromSeconds(60));
        Console.WriteLine(await load.Output.ReadToEndAsync());
        var right = Compare(run, log, users);
        return exitCode == 130 && right ? 0 : 1;
    }

    private static async Task<int> WaitForStormAsync(string run, int seconds, int users)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(seconds);
        while (DateTime.UtcNow < deadline)
        {
            await Task.Delay(200);
            var (number, back) = Timeline(run);
            if (back == users)
            {
                return number;
            }
        }

        throw new TimeoutException($"the streams were not back within {seconds} s");
    }

    private static (int Second, long Back) Timeline(string run)
    {
        var path = Path.Combine(run, "timeline.jsonl");
        if (!File.Exists(path))
        {
            return (0, 0);
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var (second, back) = (0, 0L);
        while (reader.ReadLine() is { } line && line.EndsWith('}'))
        {
            using var json = JsonDocument.Parse(line);
            second = json.RootElement.GetProperty("number").GetInt32();
            if (json.RootElement.TryGetProperty("storms", out var storms))
            {
                back += storms.EnumerateArray().Sum(s => s.GetProperty("back").GetInt64());
            }
        }

        return (second, back);
    }

    private static bool Compare(string run, string log, int users)
    {
        var slots = File.ReadLines(log).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(s => (At: s.GetProperty("at").GetInt64(), Streams: s.GetProperty("streams").GetInt64())).ToList();
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json")));
        var storms = summary.RootElement.GetProperty("storms").EnumerateArray().ToList();
        var right = storms.Count == 2;
        for (var i = 0; i < storms.Count; i++)
        {
            var storm = storms[i];
            var start = storm.GetProperty("startedAt").GetDateTimeOffset().ToUnixTimeMilliseconds();
            var end = i + 1 < storms.Count ? storms[i + 1].GetProperty("startedAt").GetDateTimeOffset().ToUnixTimeMilliseconds() : long.MaxValue;
            var accepted = slots.Where(s => s.At >= start - 99 && s.At < end).ToList();
            right &= storm.GetProperty("streamsBefore").GetInt64() == users && storm.GetProperty("dropped").GetInt64() == users
                && storm.GetProperty("back").GetInt64() == accepted.Sum(s => s.Streams);
            Console.WriteLine($"""
                {storm.GetProperty("cause").GetString()} storm     report            accept log
                  streams before  {storm.GetProperty("streamsBefore").GetInt64(),-17:N0}
                  dropped         {storm.GetProperty("dropped").GetInt64(),-17:N0}
                  back            {storm.GetProperty("back").GetInt64(),-17:N0} {accepted.Sum(s => s.Streams):N0}
                  50% back        {Ms(storm, "backP50"),-17} {After(accepted, start, users * 50 / 100)} ms
                  95% back        {Ms(storm, "backP95"),-17} {After(accepted, start, users * 95 / 100)} ms
                  100% back       {Ms(storm, "backP100"),-17} {After(accepted, start, users)} ms
                  peak opens/s    {storm.GetProperty("peakOpensPerSecond").GetInt64(),-17:N0} {Peak(accepted):N0}
                  peak attempts/s {storm.GetProperty("peakAttemptsPerSecond").GetInt64(),-17:N0}
                  failed attempts {storm.GetProperty("failures").GetInt64(),-17:N0}
                """);
        }

        return right;
    }

    private static string Ms(JsonElement storm, string name) =>
        storm.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? $"{value.GetDouble():0} ms" : "-";

    // To the end of the slot in which the count was reached.
    private static string After(IEnumerable<(long At, long Streams)> slots, long start, long count)
    {
        var sum = 0L;
        foreach (var (at, streams) in slots)
        {
            sum += streams;
            if (sum >= count)
            {
                return $"{at - start} to {at - start + 100}";
            }
        }

        return "-";
    }

    private static long Peak(List<(long At, long Streams)> slots) =>
        slots.Count == 0 ? 0 : slots.Max(first => slots.Where(s => s.At >= first.At && s.At < first.At + 1000).Sum(s => s.Streams));
}
