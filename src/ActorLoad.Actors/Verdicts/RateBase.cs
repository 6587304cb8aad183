using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Verdicts;

/// <summary>The natural total of a counter: what <c>rate</c> takes its share of. docs/measurement.md has the same table in words.</summary>
public static class RateBase
{
    /// <summary>The counters whose sum is the total; empty when a share of this counter makes no sense.</summary>
    public static IReadOnlyList<Counter> Of(Counter counter) => counter switch
    {
        Counter.UsersFinished or Counter.UsersCrashed => [Counter.UsersStarted],
        Counter.TasksPassed or Counter.TasksFailed => [Counter.TasksPassed, Counter.TasksFailed],
        Counter.TasksInterrupted => [Counter.TasksPassed, Counter.TasksFailed, Counter.TasksInterrupted],
        Counter.ConnectsOpened or Counter.ConnectsFailed => [Counter.ConnectsAttempted],
        Counter.Disconnects or Counter.Reconnects or Counter.StreamsStalled => [Counter.ConnectsOpened],
        Counter.EventsMissed => [Counter.EventsSequenced, Counter.EventsMissed],
        Counter.EventsDuplicated or Counter.EventsReordered => [Counter.EventsSequenced],
        Counter.RequestsFailed => [Counter.Requests],
        Counter.ArrivalsDropped => [Counter.UsersStarted, Counter.ArrivalsDropped],
        Counter.StreamsSilent or Counter.StreamsBuffered or Counter.StreamsCompleted or Counter.StreamsAbandoned => [Counter.StreamsOpened],
        Counter.EventsSequenced or Counter.EventsReplayed or Counter.EventsCoalesced => [Counter.Events],
        Counter.ClockErrors or Counter.MeasureErrors => [Counter.Events],
        _ => [],
    };
}
