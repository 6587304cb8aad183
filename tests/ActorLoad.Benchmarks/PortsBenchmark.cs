using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ActorLoad.Benchmarks;

/// <summary>
/// More connections to one port of one target than one source address has ports (28,232 by default): two processes of the
/// program, since one may not have as many files, from the same source addresses.
/// </summary>
internal static class PortsBenchmark
{
    private const int Processes = 2;

    /// <param name="sources">As <c>--source-addresses</c> takes them; <c>none</c> = the system's choice, which has to fail.</param>
    public static async Task<int> RunAsync(int users, string sources)
    {
        var acceptors = new List<Process>();
        try
        {
            var port = 0;
            for (var i = 0; i < Processes; i++)
            {
                acceptors.Add(StartAcceptor(port));
                port = int.Parse((await acceptors[i].StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            }

            return await LoadAsync(acceptors, port, users, sources);
        }
        finally
        {
            foreach (var acceptor in acceptors)
            {
                acceptor.Kill();
                acceptor.Dispose();
            }
        }
    }

    private static async Task<int> LoadAsync(List<Process> acceptors, int port, int users, string sources)
    {
        var folders = Enumerable.Range(0, Processes).Select(_ => new ScratchFolder()).ToList();
        string[] from = sources == "none" ? [] : ["--source-addresses", sources];
        var loads = folders.Select(f => ActorLoadProcess.Start(
            ["quick", $"http://127.0.0.1:{port}/", "--users", $"{users}", "--ramp", "20s", "--duration", "60s", "--json", "--out", f.Path, .. from])).ToList();
        var summaries = loads.Select(l => l.Output.ReadToEndAsync()).ToList();
        var most = 0;
        while (!summaries.TrueForAll(s => s.IsCompleted))
        {
            await Task.Delay(500);
            most = Math.Max(most, await OpenAsync(acceptors));
        }

        Console.WriteLine($"source addresses     {sources}");
        Console.WriteLine($"connections at once  {most:N0} of {users * Processes:N0} to 127.0.0.1:{port}");
        foreach (var text in summaries)
        {
            using var summary = JsonDocument.Parse(await text);
            var failures = summary.RootElement.GetProperty("failures").EnumerateArray().Select(f => $", {f.GetProperty("count")} x {f.GetProperty("sample")}");
            Console.WriteLine(
                $"a process            {summary.RootElement.GetProperty("counters").GetProperty("connects_opened")} opened{string.Concat(failures)}");
        }

        loads.ForEach(l => l.Dispose());
        folders.ForEach(f => f.Dispose());
        return most == users * Processes ? 0 : 1;
    }

    private static async Task<int> OpenAsync(List<Process> acceptors)
    {
        var open = 0;
        foreach (var acceptor in acceptors)
        {
            await acceptor.StandardInput.WriteLineAsync();
            open += int.Parse((await acceptor.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        }

        return open;
    }

    private static Process StartAcceptor(int port) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(PortsBenchmark).Assembly.Location, "acceptor", $"{port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
