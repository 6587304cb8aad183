using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>The embedded target in a process of its own, and its counters.</summary>
internal sealed class TargetProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorLoadProcess _process;
    private readonly HttpClient _client;
    private long _questions;

    private TargetProcess(ActorLoadProcess process, IReadOnlyList<Uri> urls, HttpClient client) => (_process, Urls, _client) = (process, urls, client);

    /// <summary>Plain HTTP/1.1.</summary>
    public Uri BaseUrl => Urls[0];

    /// <summary>All it listens on.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    public static Task<TargetProcess> StartAsync(int port, params string[] options) =>
        StartOnAsync([$"http://127.0.0.1:{port}"], options);

    /// <param name="urls">The first one for plain HTTP/1.1, which this object asks over.</param>
    public static Task<TargetProcess> StartOnAsync(string[] urls, params string[] options) =>
        StartAsync(new ActorLoadProcessOptions(["target", "--urls", string.Join(';', urls), .. options]), urls.Length, new HttpClient());

    /// <param name="urls">How many addresses it listens on.</param>
    /// <param name="client">Reaches the first one of them; disposed with the target.</param>
    public static async Task<TargetProcess> StartAsync(ActorLoadProcessOptions options, int urls, HttpClient client)
    {
        var process = ActorLoadProcess.StartWith(options);
        var listening = new List<Uri>();
        await process.LineAsync(l =>
        {
            if (l.StartsWith("listening on ", StringComparison.Ordinal))
            {
                listening.Add(new Uri(l["listening on ".Length..]));
            }

            return listening.Count == urls;
        });
        return new TargetProcess(process, listening, client);
    }

    /// <summary>The target's counters; questions asked through this object are taken out of its requests again.</summary>
    public async Task<JsonNode> StatsAsync()
    {
        var stats = JsonNode.Parse(await _client.GetStringAsync(new Uri(BaseUrl, "/api/stats")))!;
        if (_questions > 0)
        {
            stats["requests"]!["200"] = (long)stats["requests"]!["200"]! - _questions;
        }

        _questions++;
        return stats;
    }

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

    /// <summary>How many events a paused channel has: as many as a stream from its very start gets to see.</summary>
    public async Task<long> CountEventsAsync(string path)
    {
        var before = await StatsAsync();
        var (open, sent) = ((long)before["streams"]!["open"]!, (long)before["events"]!["sent"]!);
        using var stream = await _client.GetStreamAsync(new Uri(BaseUrl, path));
        await UntilAsync(
            s => (long)s["streams"]!["open"]! == open + 1 && (long)s["streams"]!["pending"]! == 0 && (long)s["events"]!["sent"]! > sent,
            "the whole replay written");
        return await SentAsync() - sent;
    }

    /// <summary>SIGKILL.</summary>
    public ValueTask KillAsync() => DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }
}
