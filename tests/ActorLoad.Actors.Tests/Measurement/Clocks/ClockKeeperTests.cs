using System.Text;
using ActorLoad.Actors.Measurement.Clocks;
using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Actors.Tests.Coordination;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Measurement.Clocks;

public sealed class ClockKeeperTests
{
    private static readonly ClockSettings Field = new() { UseTarget = true, Path = "/api/time", Field = "/now", Probes = 3 };
    private static readonly ClockSettings Header = new() { UseTarget = true, Path = "/api/time", Probes = 1 };

    private readonly HandClock _time = new();
    private readonly DeliveryRecorder _delivery;
    private int _asked;

    public ClockKeeperTests() => _delivery = new DeliveryRecorder(_time);

    [Fact]
    public async Task The_offset_is_measured_by_as_many_probes_and_corrects_what_is_dated()
    {
        var problem = await StartAsync(Field, () => Body($$"""{"now": {{(_time.NowUs / 1000.0) + 250:F3}}}"""));

        Assert.Null(problem);
        Assert.Equal(3, _asked);
        Assert.Equal(250, _delivery.Estimate!.OffsetMs, 2);
        Assert.InRange(_delivery.Estimate.ErrorMs, 0, 1);
        Assert.InRange(_delivery.UnixUs(_time.Stamp) - _time.NowUs, 249_000, 251_000);
    }

    [Fact]
    public async Task A_Date_header_is_good_for_half_a_second_by_one_probe_whatever_the_status()
    {
        Assert.Null(await StartAsync(Header, () => new FetchResult(null, "") { Status = 404, Date = _time.GetUtcNow().ToString("r") }));
        Assert.InRange(_delivery.Estimate!.ErrorMs, 500, 502);
        Assert.InRange(_delivery.Estimate.OffsetMs, -501, 501);
    }

    [Fact]
    public async Task Dates_of_Kestrel_may_be_a_second_old()
    {
        await StartAsync(Header, () => new FetchResult(null, "") { Status = 200, Date = _time.GetUtcNow().ToString("r"), Server = "Kestrel" });
        Assert.InRange(_delivery.Estimate!.ErrorMs, 1000, 1002);
    }

    public static TheoryData<string, string> Answers => new()
    {
        { "{}", "the answer has no time at /now" },
        { "now", "the answer is no JSON document" },
        { """{"now": true}""", "the answer has no time at /now" },
        { """{"now": "tomorrow"}""", "what the answer has at /now is no time in the format unix-ms" },
        { """{"now": 12}""", "what the answer has at /now is no time in the format unix-ms" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_without_a_usable_time_is_a_problem_of_one_sentence(string body, string problem)
    {
        Assert.Equal($"clock = target: GET /api/time: {problem}", await StartAsync(Field, () => Body(body)));
        Assert.Equal(1, _asked);
        Assert.Null(_delivery.Estimate);
    }

    [Fact]
    public async Task So_is_a_status_a_failure_and_a_missing_header()
    {
        Assert.EndsWith("the server answered 503", await StartAsync(Field, () => Body("{}") with { Status = 503 }));
        Assert.EndsWith("refused (connect)", await StartAsync(Field, () => new FetchResult(FailureReason.Connect, "refused")));
        Assert.Contains("no Date header", await StartAsync(Header, () => Body("{}")), StringComparison.Ordinal);
        Assert.EndsWith("is no date", await StartAsync(Header, () => Body("{}") with { Date = "yesterday" }));
    }

    private async Task<string?> StartAsync(ClockSettings settings, Func<FetchResult> answer)
    {
        using var connector = new MemoryConnector
        {
            OnFetch = _ =>
            {
                _asked++;
                var startedAt = _time.Stamp;
                _time.Advance(0.5);
                var result = answer();
                _time.Advance(0.5);
                return result with { StartedAt = startedAt, HeadersAt = _time.Stamp };
            },
        };
        using var keeper = new ClockKeeper(
            connector, new StreamRequest { Url = new Uri("http://target.test/api/time") }, settings, _delivery, _time);
        return await keeper.StartAsync();
    }

    private static FetchResult Body(string text) => new(null, "") { Status = 200, Body = Encoding.UTF8.GetBytes(text) };
}
