using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>The embedded target as a process of its own, and its counters.</summary>
internal sealed class TargetProcess : IDisposable
{
    private readonly ActorLoadProcess _process;
    private readonly HttpClient _client = new();

    private TargetProcess(ActorLoadProcess process, List<Uri> urls) => (_process, Urls) = (process, urls);

    public Uri BaseUrl => Urls[0];

    /// <summary>HTTP/1.1, HTTP/2 without TLS, HTTP/2 and 1.1 with TLS.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    public static Task<TargetProcess> StartAsync(params string[] options) => StartOnAsync(0, options);

    /// <param name="port">0 takes a free one.</param>
    public static async Task<TargetProcess> StartOnAsync(int port, params string[] options)
    {
        var process = ActorLoadProcess.Start(
            ["target", "--urls", $"http://127.0.0.1:{port};h2c://127.0.0.1:0;https://127.0.0.1:0", "--tls-self-signed", .. options]);
        var urls = new List<Uri>();
        while (urls.Count < 3)
        {
            var line = await process.Output.ReadLineAsync() ?? throw new InvalidOperationException("the target said nothing");
            urls.Add(new Uri(line["listening on ".Length..]));
        }

        return new TargetProcess(process, urls);
    }

    public async Task<(long Open, long Sent)> StatsAsync()
    {
        var counts = await CountsAsync();
        return (counts.Open, counts.Sent);
    }

    /// <summary>Streams that are open, have events to send, and were ever opened; events that were sent.</summary>
    public async Task<(long Open, long Pending, long Opened, long Sent)> CountsAsync()
    {
        var stats = JsonNode.Parse(await _client.GetStringAsync(new Uri(BaseUrl, "/api/stats")))!;
        var streams = stats["streams"]!;
        return ((long)streams["open"]!, (long)streams["pending"]!, (long)streams["opened"]!, (long)stats["events"]!["sent"]!);
    }

    /// <summary>Waits until as many clients have read their last event.</summary>
    /// <returns>The books of all accounts.</returns>
    public async Task<JsonNode> UntilCompleteAsync(long clients, TimeSpan atMost)
    {
        var deadline = DateTime.UtcNow + atMost;
        while (DateTime.UtcNow < deadline)
        {
            var accounts = JsonNode.Parse(await _client.GetStringAsync(new Uri(BaseUrl, "/api/stats")))!["accounts"]!;
            if (accounts.AsObject().Sum(a => (long)a.Value!["complete"]!) == clients)
            {
                return accounts;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{clients} clients were not complete within {atMost.TotalSeconds} s");
    }

    /// <summary>Stops publishing; streams stay open.</summary>
    public async Task PauseAsync() =>
        (await _client.PostAsync(new Uri(BaseUrl, "/api/control/pause"), null)).EnsureSuccessStatusCode();

    public async Task ResumeAsync() =>
        (await _client.PostAsync(new Uri(BaseUrl, "/api/control/resume"), null)).EnsureSuccessStatusCode();

    /// <summary>Waits until as many streams are open.</summary>
    /// <returns>Seconds from the first to the last of them, as seen every 50 ms.</returns>
    public async Task<double> WaitForStreamsAsync(long count, TimeSpan atMost)
    {
        var deadline = DateTime.UtcNow + atMost;
        long? first = null;
        while (DateTime.UtcNow < deadline)
        {
            var (open, _) = await StatsAsync();
            if (open > 0)
            {
                first ??= TimeProvider.System.GetTimestamp();
            }

            if (open >= count)
            {
                return TimeProvider.System.GetElapsedTime(first!.Value).TotalSeconds;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{count} streams were not open within {atMost.TotalSeconds} s");
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }
}
