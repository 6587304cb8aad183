using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Finds thresholds that could only be crossed, because nothing in the scenario measures what they judge.</summary>
internal static class Unmeasured
{
    /// <param name="types">Those that the threshold judges; none = they could not be read.</param>
    /// <returns>What the scenario lacks; null when the metric is measured.</returns>
    public static string? Problem(string metric, IReadOnlyCollection<UserType> types)
    {
        if (types.Count == 0 || !MetricNames.Counters.Concat(MetricNames.Timings).Contains(metric))
        {
            return null;
        }

        var streams = types.SelectMany(AllSteps.Of).OfType<SubscribeStep>().ToList();
        var (lacks, what) = metric switch
        {
            _ when Is(Counter.EventsMissed, Counter.EventsDuplicated, Counter.EventsReordered) =>
                (streams.All(s => s.Settings.Measure.Sequence.Length == 0), "measure.sequence, which tells events apart"),
            _ when metric == Timing.DeliveryLatency.Name() =>
                (streams.All(s => s.Settings.Measure.SentAt.Length == 0), "measure.sent-at, which tells when events were sent"),
            _ when Is(Counter.StreamsCompleted) || metric == Timing.TimeToDone.Name() || metric == Timing.TimePerEvent.Name() =>
                (streams.All(s => s.Until is null), "a subscribe step with until { ... }, which tells when a stream is done"),
            _ => (false, ""),
        };
        return lacks ? $"nothing measures {metric} here: expected {what}" : null;

        bool Is(params Counter[] counters) => counters.Any(c => c.Name() == metric);
    }
}
