using System.Globalization;
using ActorLoad.Program.Tests.Run;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>Every form in which an event may tell when it was sent, all of the same moment some time ago.</summary>
public sealed class SentAtTests
{
    private static readonly TimeSpan Ago = TimeSpan.FromSeconds(30);

    private static readonly string[] Types = ["s", "decimal", "ms", "text", "us", "ns", "iso", "zone", "id"];

    [Fact]
    public async Task Each_form_gives_the_same_latency()
    {
        var sent = DateTimeOffset.UtcNow - Ago;
        var ms = sent.ToUnixTimeMilliseconds();
        string[] events =
        [
            .. Enumerable.Range(1, 3).Select(n => string.Create(CultureInfo.InvariantCulture, $$"""
                id: {{ms}}-{{(n < 3 ? n : 5)}}
                data: {"s":{{ms / 1000}},"decimal":{{ms / 1000}}.{{ms % 1000:000}},"ms":{{ms}},"text":"{{ms}}","us":{{ms}}000,"ns":{{ms}}000000,"iso":"{{sent:yyyy-MM-ddTHH:mm:ss.fff}}Z","zone":"{{sent.ToOffset(TimeSpan.FromHours(5)):yyyy-MM-ddTHH:mm:ss.fffzzz}}"}


                """)),
        ];
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk(string.Concat(events)).KeepOpen());
        var run = await Delivered.RunAsync(new Uri(server.UrlOf("/")), $$"""
            load.stages = [ { duration = 0s, users = {{Types.Length}} }, { duration = 2s, users = {{Types.Length}} } ]
            users {
            {{string.Join('\n', Types.Select(User))}}
            }
            thresholds.clock_errors = "count == 0"
            """);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal((3 * Types.Length, 0), (run.Counter("events"), run.Counter("measure_errors")));
        foreach (var type in Types)
        {
            // Whole seconds are up to one early, and a bucket of half a minute is 32 ms wide.
            var early = type == "s" ? 1000 : 1;
            Assert.InRange(run.Time(type, "delivery_latency", "min"), Ago.TotalMilliseconds - 40, Ago.TotalMilliseconds + early + 30_000);
        }

        // All are of one moment, so what differs is when they were read and how coarse they are.
        var means = Types.Where(t => t != "s").Select(t => run.Time(t, "delivery_latency", "min")).ToList();
        Assert.True(means.Max() - means.Min() < 5000, run.ToString());

        // 1, 2 and 5 behind the time of the id.
        Assert.Equal((3, 2), (run.Counter("id", "events_sequenced"), run.Counter("id", "events_missed")));
    }

    private static string User(string type)
    {
        var measure = type switch
        {
            "id" => "sequence = id, sent-at = id",
            "s" or "decimal" => $"sent-at = \"/{type}\", sent-at-format = unix-s",
            "us" or "ns" => $"sent-at = \"/{type}\", sent-at-format = unix-{type}",
            "iso" or "zone" => $"sent-at = \"/{type}\", sent-at-format = iso8601",
            _ => $"sent-at = \"/{type}\"",
        };
        return $$"""
            {{type}} { measure { {{measure}} }, tasks.read.steps = [ { subscribe { stream = main, path = "/events" } }, { listen { stream = main, for = 1m } } ] }
            """;
    }
}
