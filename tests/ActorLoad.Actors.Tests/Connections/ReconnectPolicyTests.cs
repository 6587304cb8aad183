using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Actors.Tests.Connections;

public sealed class ReconnectPolicyTests
{
    private static readonly ReconnectSettings Defaults = new();

    // The table in the policy's documentation, row by row; a reason that is missing here fails a test below.
    private static readonly Dictionary<FailureReason, Disposition> Table = new()
    {
        [FailureReason.Eof] = Disposition.Restart,
        [FailureReason.Truncated] = Disposition.Restart,
        [FailureReason.Reset] = Disposition.Restart,
        [FailureReason.Stalled] = Disposition.Restart,
        [FailureReason.Timeout] = Disposition.Restart,
        [FailureReason.Connect] = Disposition.Restart,
        [FailureReason.Dropped] = Disposition.Restart,
        [FailureReason.Status] = Disposition.Stop,
        [FailureReason.NoContent] = Disposition.Stop,
        [FailureReason.ContentType] = Disposition.Stop,
        [FailureReason.RedirectLoop] = Disposition.Stop,
        [FailureReason.Tls] = Disposition.Stop,
        [FailureReason.Protocol] = Disposition.Stop,
        [FailureReason.LineTooLong] = Disposition.Stop,
        [FailureReason.EventTooLarge] = Disposition.Stop,

        // These are no ends of a connection; should one ever arrive as such, nothing is tried again.
        [FailureReason.AwaitTimeout] = Disposition.Stop,
        [FailureReason.TooFewEvents] = Disposition.Stop,
        [FailureReason.TooFewHeartbeats] = Disposition.Stop,
        [FailureReason.StreamEnded] = Disposition.Stop,
        [FailureReason.UnknownStream] = Disposition.Stop,
        [FailureReason.UnexpectedStatus] = Disposition.Stop,
        [FailureReason.Incomplete] = Disposition.Stop,
        [FailureReason.ExtractFailed] = Disposition.Stop,
        [FailureReason.FeedExhausted] = Disposition.Stop,
        [FailureReason.NotJson] = Disposition.Stop,
        [FailureReason.MissingField] = Disposition.Stop,
        [FailureReason.WrongType] = Disposition.Stop,
        [FailureReason.OutOfRange] = Disposition.Stop,
        [FailureReason.Crash] = Disposition.Stop,
    };

    public static TheoryData<FailureReason> AllReasons => [.. Enum.GetValues<FailureReason>()];

    public static TheoryData<FailureReason> AllButDropped => [.. Enum.GetValues<FailureReason>().Except([FailureReason.Dropped])];

    [Theory]
    [MemberData(nameof(AllReasons))]
    public void Every_reason_has_its_row(FailureReason reason)
    {
        Assert.True(Table.ContainsKey(reason), $"{reason} has no row");
        Assert.Equal(Table[reason], ReconnectPolicy.Decide(reason, 0, 1, Defaults));
    }

    [Theory]
    [InlineData(502, Disposition.Restart)]
    [InlineData(503, Disposition.Restart)]
    [InlineData(504, Disposition.Restart)]
    [InlineData(500, Disposition.Stop)]
    [InlineData(404, Disposition.Stop)]
    public void A_status_is_transient_when_the_list_names_it(int status, Disposition expected) =>
        Assert.Equal(expected, ReconnectPolicy.Decide(FailureReason.Status, status, 1, Defaults));

    [Fact]
    public void The_list_of_statuses_is_the_scenarios()
    {
        var settings = Defaults with { OnStatus = [404] };

        Assert.Equal(Disposition.Restart, ReconnectPolicy.Decide(FailureReason.Status, 404, 1, settings));
        Assert.Equal(Disposition.Stop, ReconnectPolicy.Decide(FailureReason.Status, 503, 1, settings));
    }

    [Fact]
    public void A_listed_status_does_not_excuse_another_reason() =>
        Assert.Equal(Disposition.Stop, ReconnectPolicy.Decide(FailureReason.ContentType, 503, 1, Defaults));

    [Theory]
    [MemberData(nameof(AllButDropped))]
    public void Nothing_reconnects_when_it_is_disabled(FailureReason reason) =>
        Assert.Equal(Disposition.Stop, ReconnectPolicy.Decide(reason, 503, 1, Defaults with { Enabled = false }));

    [Theory]
    [MemberData(nameof(AllButDropped))]
    public void Nothing_reconnects_when_the_attempts_are_used_up(FailureReason reason) =>
        Assert.Equal(Disposition.Stop, ReconnectPolicy.Decide(reason, 503, 3, Defaults with { MaxAttempts = 3 }));

    [Fact]
    public void The_last_allowed_attempt_is_made() =>
        Assert.Equal(Disposition.Restart, ReconnectPolicy.Decide(FailureReason.Eof, 0, 2, Defaults with { MaxAttempts = 3 }));

    [Fact]
    public void Without_a_limit_attempts_never_run_out() =>
        Assert.Equal(Disposition.Restart, ReconnectPolicy.Decide(FailureReason.Connect, 0, int.MaxValue, Defaults));

    [Fact]
    public void A_users_own_drop_always_comes_back()
    {
        var settings = Defaults with { Enabled = false, MaxAttempts = 1 };

        Assert.Equal(Disposition.Restart, ReconnectPolicy.Decide(FailureReason.Dropped, 0, 100, settings));
    }

    [Theory]
    [InlineData(1, 500)]
    [InlineData(2, 1000)]
    [InlineData(3, 2000)]
    [InlineData(6, 16000)]
    [InlineData(7, 30000)]
    [InlineData(int.MaxValue, 30000)]
    public void The_delay_doubles_up_to_its_maximum(int failuresInRow, double expectedMs) =>
        Assert.Equal(
            expectedMs, ReconnectPolicy.Delay(failuresInRow, null, Defaults with { Jitter = 0 }, 0.9).TotalMilliseconds);

    [Theory]
    [InlineData(0.0, 400)]
    [InlineData(0.5, 500)]
    [InlineData(1.0, 600)]
    public void Jitter_spreads_evenly_around_the_backoff(double random, double expectedMs) =>
        Assert.Equal(expectedMs, ReconnectPolicy.Delay(1, null, Defaults, random).TotalMilliseconds, 6);

    [Theory]
    [InlineData(100, 500)]
    [InlineData(5000, 5000)]
    public void The_longer_of_retry_and_backoff_counts(int retryMs, double expectedMs) =>
        Assert.Equal(
            expectedMs,
            ReconnectPolicy.Delay(1, TimeSpan.FromMilliseconds(retryMs), Defaults with { Jitter = 0 }, 0.5).TotalMilliseconds);

    [Fact]
    public void A_retry_is_not_capped_by_the_maximum_backoff() =>
        Assert.Equal(TimeSpan.FromMinutes(5), ReconnectPolicy.Delay(1, TimeSpan.FromMinutes(5), Defaults, 0.5));

    [Fact]
    public void Every_delay_lies_between_its_bounds() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 60_000], Gen.Int[0, 10_000], Gen.Int[0, 100_000], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample((failures, retry, min, max, jitter, random) =>
            {
                var settings = new ReconnectSettings
                {
                    MinBackoff = TimeSpan.FromMilliseconds(min),
                    MaxBackoff = TimeSpan.FromMilliseconds(min + max),
                    Jitter = jitter,
                };
                var delay = ReconnectPolicy.Delay(failures, TimeSpan.FromMilliseconds(retry), settings, random).TotalMilliseconds;

                var backoff = Math.Min(min * Math.Pow(2, failures - 1), min + max);
                Assert.InRange(delay, Math.Max(retry, backoff * (1 - jitter)) - 0.01, Math.Max(retry, backoff * (1 + jitter)) + 0.01);
            });
}
