using System.Globalization;
using System.Text.Json;
using ActorLoad.Host.Target;

namespace ActorLoad.Host.Tests.Target;

public sealed class TargetClockTests : TargetTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(3_600_000)]
    [InlineData(-7_200_000)]
    public async Task Time_date_and_events_are_shifted_together(int offsetMs)
    {
        var offset = TimeSpan.FromMilliseconds(offsetMs);
        await using var target = await StartAsync(Fast with { ClockOffset = offset });
        var before = DateTimeOffset.UtcNow + offset;
        using var response = await Http.GetAsync(new Uri(target.BaseUrl, "/api/time"));
        using var stream = await OpenAsync(target, "/api/events/stream");
        var events = await stream.TakeAsync(1);
        var after = DateTimeOffset.UtcNow + offset;

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var now = json.RootElement.GetProperty("now").GetDecimal();
        Assert.InRange(now, Ms(before), Ms(after));
        Assert.InRange(response.Headers.Date!.Value, before.AddSeconds(-1), after);
        using var data = JsonDocument.Parse(events[0].Data);
        Assert.InRange(data.RootElement.GetProperty("ts").GetInt64(), (long)Ms(before), (long)Ms(after));
    }

    [Fact]
    public async Task The_time_has_decimals()
    {
        await using var target = await StartAsync();

        // One answer in a thousand may fall on a whole millisecond.
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var json = JsonDocument.Parse(await Http.GetStringAsync(new Uri(target.BaseUrl, "/api/time")));
            answers.Add(json.RootElement.GetProperty("now").GetRawText());
        }

        Assert.Contains(answers, a => a.Contains('.', StringComparison.Ordinal) && decimal.Parse(a, CultureInfo.InvariantCulture) % 1 > 0);
    }

    [Fact]
    public async Task More_than_a_day_is_a_mistake() =>
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(Fast with { ClockOffset = TimeSpan.FromDays(-1.1) }));

    private static decimal Ms(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10_000m;
}
