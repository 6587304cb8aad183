using System.Globalization;
using System.Text.Json;

namespace ActorLoad.Benchmarks;

/// <summary>How far measured latencies lie above the truth, which is known because every event tells a sending time in the past.</summary>
internal static class LatencyBenchmark
{
    private const int BackMs = 50;
    private const int Users = 100;

    public static async Task<int> RunAsync(int perSecond, int seconds)
    {
        using var server = new BackdatingServer(perSecond, TimeSpan.FromMilliseconds(BackMs));
        using var folder = new ScratchFolder();
        var scenario = Path.Combine(folder.Path, "latency.conf");
        await File.WriteAllTextAsync(scenario, $$"""
            scenario {
              name = latency
              base-url = "{{server.BaseUrl}}"
              measure { sent-at = "/ts", sent-at-format = unix-us }
              load.stages = [ { duration = 0s, users = {{Users}} }, { duration = {{seconds}}s, users = {{Users}} } ]
              users.reader.tasks.read.steps = [ { subscribe { stream = main, path = "/" } }, { listen { stream = main, for = 1h } } ]
            }
            """);
        using var load = ActorLoadProcess.Start("run", scenario, "--out", Path.Combine(folder.Path, "run"));
        var output = load.Output.ReadToEndAsync();
        var exitCode = await load.WaitAsync(TimeSpan.FromSeconds(seconds + 60));
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "run", "summary.json")));
        var latency = summary.RootElement.GetProperty("timings").GetProperty("delivery_latency");
        Console.WriteLine(await output);
        Console.WriteLine($"events          {latency.GetProperty("count").GetInt64():N0} of {server.Sent:N0}, {perSecond:N0} a second asked for");
        Console.WriteLine($"true value      {BackMs} ms and what the kernel takes");
        foreach (var value in (string[])["min", "p50", "p90", "p99", "p999", "max"])
        {
            var ms = latency.GetProperty(value).GetDouble();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value,-16}{ms:0.000} ms, {ms - BackMs:+0.000;-0.000} ms"));
        }

        var isWithin = Error("p50") is >= -0.25 and <= 1 && Error("p99") is >= -0.25 and <= 1;
        Console.WriteLine($"p50 and p99     {(isWithin ? "within" : "NOT WITHIN")} 1 ms above the true value");
        return isWithin ? exitCode : 1;

        double Error(string value) => latency.GetProperty(value).GetDouble() - BackMs;
    }
}
