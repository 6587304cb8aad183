using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>The embedded target in a process of its own, and its counters.</summary>
internal sealed class TargetProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorLoadProcess _process;
    private readonly HttpClient _client = new();

    private TargetProcess(ActorLoadProcess process, Uri baseUrl) => (_process, BaseUrl) = (process, baseUrl);

    public Uri BaseUrl { get; }

    public static async Task<TargetProcess> StartAsync(int port, params string[] options)
    {
        var process = ActorLoadProcess.Start(["target", "--urls", $"http://127.0.0.1:{port}", .. options]);
        var line = await process.LineAsync(l => l.StartsWith("listening on ", StringComparison.Ordinal));
        return new TargetProcess(process, new Uri(line["listening on ".Length..]));
    }

    public async Task<JsonNode> StatsAsync() =>
        JsonNode.Parse(await _client.GetStringAsync(new Uri(BaseUrl, "/api/stats")))!;

    public async Task<long> OpenStreamsAsync() => (long)(await StatsAsync())["streams"]!["open"]!;

    public async Task<long> SentAsync() => (long)(await StatsAsync())["events"]!["sent"]!;

    /// <summary>Asks the target again and again until its counters are as wished.</summary>
    public async Task UntilAsync(Func<JsonNode, bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        JsonNode stats;
        while (!condition(stats = await StatsAsync()))
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"not within {Patience}: {what}; the target says {stats.ToJsonString()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Stops publishing and waits until everything published has been written to every stream.</summary>
    public async Task PauseAsync()
    {
        (await _client.PostAsync(new Uri(BaseUrl, "/api/control/pause"), null)).EnsureSuccessStatusCode();
        await UntilAsync(s => (long)s["streams"]!["pending"]! == 0, "nothing pending");
    }

    /// <summary>The id of the newest event of a paused channel, found by reading its whole replay up to the first heartbeat.</summary>
    public async Task<long> NewestIdAsync(string path)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var reader = new StreamReader(await _client.GetStreamAsync(new Uri(BaseUrl, path), limit.Token));
        var newest = 0L;
        while (await reader.ReadLineAsync(limit.Token) is { } line && !line.StartsWith(':'))
        {
            if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                newest = long.Parse(line["id:".Length..].Trim(), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return newest;
    }

    /// <summary>SIGKILL.</summary>
    public ValueTask KillAsync() => DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }
}
