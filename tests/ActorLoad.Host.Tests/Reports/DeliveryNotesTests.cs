using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>What summary.json, terminal and markdown say besides the timings of deliveries.</summary>
public class DeliveryNotesTests
{
    [Fact]
    public void A_run_that_measured_nothing_of_the_kind_has_no_notes()
    {
        var summary = Build(new WindowBuilder(0).Window());
        Assert.Empty(DeliveryNotes.Of(summary));
        Assert.Equal(new SummaryClock(), summary.Run.Clock);
        Assert.Contains("\"clock\": {\n      \"source\": \"local\"\n    }", SummaryFile.ToJson(summary).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_clock_is_as_right_as_sender_and_receiver_agree() =>
        Assert.Equal(
            ["delivery_latency holds the sender's clock against this machine's: it is as right as they agree"],
            DeliveryNotes.Of(Build(Latencies().Window())));

    [Fact]
    public void Of_a_killed_run_nobody_knows_whose_clock_it_was()
    {
        var summary = Build(Latencies().Window());
        Assert.Empty(DeliveryNotes.Of(summary with { Run = summary.Run with { Clock = null, Rebuilt = true } }));
    }

    [Theory]
    [InlineData(250.1234, "250.123ms ahead of")]
    [InlineData(-2000.5, "2.0005s behind")]
    public void A_targets_clock_comes_with_its_error(double offset, string words)
    {
        var summary = Build(Latencies().Window() with { Clock = new ClockEstimate(offset, 0.42111, 0.8, 8) });
        Assert.Equal(
            [$"delivery_latency is on the target's clock, which is {words} this one, give or take 0.422ms"], DeliveryNotes.Of(summary));
        Assert.Equal(
            new SummaryClock { Source = "target", OffsetMs = Math.Round(offset, 3), ErrorMs = 0.422 }, summary.Run.Clock);
    }

    [Theory]
    [InlineData(1, "1 stream received nothing: it is in none of these percentiles")]
    [InlineData(412, "412 streams received nothing: they are in none of these percentiles")]
    public void Silent_streams_are_told(int silent, string note) =>
        Assert.Equal([note], DeliveryNotes.Of(Build(new WindowBuilder(0).Count(Counter.StreamsSilent, silent).Window())));

    [Fact]
    public void Clock_errors_are_told_with_the_worst()
    {
        var summary = Build(new WindowBuilder(0).Count(Counter.ClockErrors, 12).Window() with { WorstClockErrorUs = 30_400 });
        Assert.Contains(
            "12 events seem to have arrived before being sent, by up to 30.4ms: clock error, in none of these percentiles",
            DeliveryNotes.Of(summary));
        Assert.Equal(30.4, summary.Run.Clock!.WorstErrorMs);
    }

    [Fact]
    public void Replays_are_told_apart_from_latencies() =>
        Assert.Equal(
            ["1,204 events came as a replay after a reconnect: no part of delivery_latency"],
            DeliveryNotes.Of(Build(new WindowBuilder(0).Count(Counter.EventsReplayed, 1204).Window())));

    [Fact]
    public void Buffered_delivery_is_told_with_its_numbers_on_the_terminal_and_in_markdown()
    {
        var summary = Build(new WindowBuilder(0)
            .Count(Counter.StreamsOpened, 50).Count(Counter.StreamsBuffered, 48)
            .Count(Counter.Events, 5000).Count(Counter.EventsCoalesced, 4812).Window());
        const string Note = "delivery looks buffered between server and client: on 48 of 50 streams most events came bunched; "
            + "4,812 of 5,000 events were sent more than 5ms apart and arrived together";
        Assert.StartsWith(Note, Assert.Single(DeliveryNotes.Of(summary)), StringComparison.Ordinal);
        var text = new StringWriter();
        SummaryTable.Write(text, false, summary, null);
        Assert.Contains(Note, string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("\n- delivery looks buffered between server and client", MarkdownReport.Render(summary), StringComparison.Ordinal);
    }

    private static WindowBuilder Latencies() => new WindowBuilder(0).Time(Timing.DeliveryLatency, 1000, 2000);

    private static Summary Build(StatsWindow window)
    {
        var totals = new StatsTotals();
        totals.Add(window);
        return SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario());
    }
}
