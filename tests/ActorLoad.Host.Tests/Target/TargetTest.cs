using System.Net.Http.Json;
using System.Text.Json;
using ActorLoad.Host.Target;
using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Tests.Target;

/// <summary>What the whole-server tests share.</summary>
public abstract class TargetTest
{
    protected static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>On a free port; channels publish every 2 ms, so that nobody waits.</summary>
    protected static Task<EmbeddedTarget> StartAsync(TargetOptions? options = null) => EmbeddedTarget.StartAsync(
        (options ?? Fast) with { Urls = options is null || options.Urls == Fast.Urls ? "http://127.0.0.1:0" : options.Urls },
        CancellationToken.None);

    protected static TargetOptions Fast => new() { Interval = TimeSpan.FromMilliseconds(2), JobStepInterval = TimeSpan.FromMilliseconds(2) };

    protected static TargetOptions With(TargetFaults faults) => Fast with { Faults = faults };

    internal static Task<StreamClient> OpenAsync(EmbeddedTarget target, string path, long? lastEventId = null) =>
        StreamClient.OpenAsync(target.BaseUrl, path, lastEventId);

    protected static async Task<HttpResponseMessage> PostAsync(EmbeddedTarget target, string path, object? body = null)
    {
        var response = await Http.PostAsync(new Uri(target.BaseUrl, path), body is null ? null : JsonContent.Create(body));
        return response;
    }

    /// <summary>Waits for the target's own numbers, which settle a moment after the client has seen the effect.</summary>
    protected static async Task UntilAsync(Func<bool> condition, Func<string> tell)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, tell());
            await Task.Delay(5);
        }
    }

    protected static async Task UntilAsync(EmbeddedTarget target, Func<Host.Target.Stats.TargetStats, bool> condition) =>
        await UntilAsync(() => condition(target.Stats), () => JsonSerializer.Serialize(target.Stats));

    internal static long[] Ids(IEnumerable<ReceivedEvent> events) => events.Select(e => e.Id).ToArray();

    internal static long[] Range(long from, long to) => Enumerable.Range(0, (int)(to - from + 1)).Select(i => from + i).ToArray();
}
