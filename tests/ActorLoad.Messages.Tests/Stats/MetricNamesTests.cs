using ActorLoad.Messages.Stats;

namespace ActorLoad.Messages.Tests.Stats;

/// <summary>Scripts and CI jobs depend on these names: they may be added to, never changed.</summary>
public sealed class MetricNamesTests
{
    [Fact]
    public void Counters_have_their_outward_names() => Assert.Equal(
        [
            "users_started", "users_finished", "users_crashed", "tasks_passed", "tasks_failed", "tasks_interrupted",
            "connects_attempted", "connects_opened", "connects_failed", "disconnects", "reconnects", "events", "comments", "bytes",
            "events_missed", "events_duplicated", "events_reordered", "streams_stalled", "requests", "requests_failed", "arrivals_dropped",
            "streams_opened", "streams_silent", "streams_buffered", "streams_completed", "streams_abandoned", "events_sequenced",
            "events_replayed", "events_coalesced", "clock_errors", "measure_errors",
        ],
        MetricNames.Counters);

    [Fact]
    public void Timings_have_their_outward_names() => Assert.Equal(
        [
            "connect_time", "time_to_headers", "time_to_first_byte", "time_to_first_event", "event_gap", "delivery_latency",
            "reconnect_time", "request_time", "task_time", "heartbeat_gap", "fanout_spread", "stall_time", "time_to_done", "time_per_event",
            "arrival_lag",
        ],
        MetricNames.Timings);

    [Fact]
    public void Gauges_have_their_outward_names() => Assert.Equal(["users_active", "streams_open"], MetricNames.Gauges);

    [Fact]
    public void Every_name_leads_back_to_its_metric()
    {
        foreach (var counter in Enum.GetValues<Counter>())
        {
            Assert.True(MetricNames.TryParse(counter.Name(), out Counter found));
            Assert.Equal(counter, found);
        }

        foreach (var timing in Enum.GetValues<Timing>())
        {
            Assert.True(MetricNames.TryParse(timing.Name(), out Timing found));
            Assert.Equal(timing, found);
        }

        Assert.Equal("streams_open", Gauge.StreamsOpen.Name());
        Assert.False(MetricNames.TryParse("events_", out Counter _));
        Assert.False(MetricNames.TryParse("events", out Timing _));
    }
}
