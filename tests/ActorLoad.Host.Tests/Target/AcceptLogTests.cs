using System.Text.Json.Nodes;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Stats;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Host.Tests.Target;

public sealed class AcceptLogTests : TargetTest
{
    private const long At = 1_900_000_000_000;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(At));

    [Fact]
    public void What_was_accepted_is_counted_by_tenths_of_a_second()
    {
        using var log = new AcceptLog(null, _time);
        log.Connection();
        log.Stream();
        _time.Advance(TimeSpan.FromMilliseconds(99));
        log.Connection();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        log.Stream();
        _time.Advance(TimeSpan.FromMilliseconds(1000));
        Assert.Equal([new AcceptSlot(At, 2, 1), new AcceptSlot(At + 100, 0, 1)], log.Snapshot());
        log.Connection();
        Assert.Equal(new AcceptSlot(At + 1100, 1, 0), log.Snapshot()[^1]);
    }

    [Fact]
    public void Two_targets_one_after_the_other_write_the_same_file()
    {
        using var folder = new Reports.TemporaryFolder();
        var file = Path.Combine(folder.Path, "accepts.jsonl");
        using (var first = new AcceptLog(file, _time))
        {
            first.Connection();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            first.Flush();

            // As a killed process leaves it: everything that is over is there.
            Assert.Equal(["{\"at\":1900000000000,\"connections\":1,\"streams\":0}"], ReadShared(file));
        }

        using (var second = new AcceptLog(file, _time))
        {
            second.Stream();
        }

        Assert.Equal(["{\"at\":1900000000000,\"connections\":1,\"streams\":0}", "{\"at\":1900000000100,\"connections\":0,\"streams\":1}"], ReadShared(file));
    }

    [Fact]
    public async Task The_target_tells_what_it_has_accepted_and_refused_streams_are_none()
    {
        await using var target = await StartAsync(With(TargetFaults.None with { RefusePercent = 50 }));
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target.BaseUrl, "/api/events/stream?max_events=1"));
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }

        var json = JsonNode.Parse(await Http.GetStringAsync(new Uri(target.BaseUrl, "/api/accepts")))!;
        var slots = json["slots"]!.AsArray();
        Assert.Equal(100, (int)json["slotMs"]!);
        Assert.Equal(target.Stats.Streams.Opened, slots.Sum(s => (long)s!["streams"]!));
        Assert.InRange(target.Stats.Streams.Opened, 1, 19);
        Assert.Equal(target.Stats.Connections.Accepted, slots.Sum(s => (long)s!["connections"]!));
        Assert.All(slots, s => Assert.Equal(0, (long)s!["at"]! % 100));
    }

    private static string[] ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
