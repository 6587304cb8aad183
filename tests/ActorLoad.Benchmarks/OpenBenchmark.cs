namespace ActorLoad.Benchmarks;

/// <summary>How fast one process opens streams and how much memory each user costs. Target and load share the machine.</summary>
internal static class OpenBenchmark
{
    /// <param name="version">1.1, https, h2c or h2.</param>
    public static async Task<int> RunAsync(int users, string version, int streamsPerConnection)
    {
        string[] options = version switch
        {
            "1.1" => [],
            "https" => ["--insecure"],
            "h2c" => ["--http2", "--streams-per-connection", $"{streamsPerConnection}"],
            "h2" => ["--http2", "--insecure", "--streams-per-connection", $"{streamsPerConnection}"],
            _ => throw new ArgumentException($"unknown version '{version}'", nameof(version)),
        };
        using var target = await TargetProcess.StartAsync("--heartbeat", "0");

        // Nothing is ever sent: what is measured is an open, idle stream.
        var url = new Uri(target.Urls[version switch { "1.1" => 0, "h2c" => 1, _ => 2 }], "/api/events/stream?interval_ms=3600000").AbsoluteUri;
        var idle = await ResidentAsync(target, url, 1, "8s", options);
        var full = await ResidentAsync(target, url, users, "40s", options);
        Console.WriteLine($"version              {version}{(streamsPerConnection > 1 ? $", {streamsPerConnection} streams per connection" : "")}");
        Console.WriteLine($"users                {users:N0}");
        Console.WriteLine($"opened in            {full.OpenedIn:0.00} s, {users / full.OpenedIn:N0} streams/s");
        Console.WriteLine($"RSS idle process     {idle.Resident / 1024.0 / 1024:0.0} MiB (one user)");
        Console.WriteLine($"RSS all streams open {full.Resident / 1024.0 / 1024:0.0} MiB");
        Console.WriteLine($"RSS per user         {(full.Resident - idle.Resident) / 1024.0 / (users - 1):0.0} KiB");
        Console.WriteLine($"CPU to open          {full.Cpu.TotalSeconds:0.0} s, {full.Cpu.TotalMilliseconds * 1000 / users:N0} µs a stream (process start included)");
        Console.WriteLine($"exit code            {full.ExitCode}");
        return full.ExitCode;
    }

    private static async Task<(double OpenedIn, long Resident, TimeSpan Cpu, int ExitCode)> ResidentAsync(
        TargetProcess target, string url, int users, string duration, string[] options)
    {
        using var folder = new ScratchFolder();
        using var load = ActorLoadProcess.Start(["quick", url, "--users", $"{users}", "--duration", duration, "--out", folder.Path, .. options]);
        var openedIn = await target.WaitForStreamsAsync(users, TimeSpan.FromSeconds(35));
        var cpu = load.Cpu;

        // The level that stays, not a moment of opening.
        await Task.Delay(TimeSpan.FromSeconds(5));
        var resident = load.Resident;
        var exitCode = await load.WaitAsync(TimeSpan.FromSeconds(90));
        Console.WriteLine(await load.Output.ReadToEndAsync());
        return (openedIn, resident, cpu, exitCode);
    }
}
