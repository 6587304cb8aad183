using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Follows the timeline of a run that goes on.</summary>
internal static class Timeline
{
    /// <summary>Waits until a counter has reached a sum over the lines so far.</summary>
    public static async Task UntilAsync(string folder, string counter, long sum)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Sum(Path.Combine(folder, "timeline.jsonl"), counter) is var seen && seen < sum)
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{counter} is {seen}, waiting for {sum}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits until that many seconds are closed.</summary>
    public static async Task UntilSecondsAsync(string folder, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Lines(Path.Combine(folder, "timeline.jsonl")).Count() < seconds)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static long Sum(string file, string counter) => Lines(file).Sum(line => (long?)line["counters"]![counter] ?? 0);

    private static IEnumerable<JsonNode> Lines(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();

        // The last line may be half written.
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
    }
}
