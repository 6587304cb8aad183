using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// The one recorder of a worker's run. Users and connections record into it from any thread; once a second one actor takes
/// a window out of it.
/// </summary>
public sealed class WorkerRecorder
{
    private readonly LevelGauge[] _gauges = [.. Enum.GetValues<Gauge>().Select(_ => new LevelGauge())];

    /// <param name="time">Whose stamps and date are measured with; null = this machine's.</param>
    public WorkerRecorder(IEnumerable<UserType> userTypes, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        Delivery = new DeliveryRecorder(time);
        UserTypes = [.. userTypes.Select(t => new UserTypeRecorder(t.Name, t.Tasks.Select(task => task.Name), this))];
        Storms = new StormWatch(time);
    }

    /// <summary>In the order of the scenario's user types.</summary>
    public IReadOnlyList<UserTypeRecorder> UserTypes { get; }

    public EventNameTable Events { get; } = new();

    public DeliveryRecorder Delivery { get; }

    public FailureTally Failures { get; } = new();

    /// <summary>Timestamp ticks from bytes being ready on a socket to their being measured.</summary>
    public PeakGauge ReadBacklog { get; } = new();

    public StormWatch Storms { get; }

    public IntegritySamples Samples { get; } = new();

    public LevelGauge this[Gauge gauge] => _gauges[(int)gauge];

    /// <summary>Everything since the last call, as a window. One caller at a time.</summary>
    /// <param name="isLast">No window follows: what is kept back for later windows comes with this one.</param>
    public StatsWindow TakeWindow(
        RunId run, WorkerId worker, int number, DateTimeOffset start, TimeSpan length, bool isLast = false)
    {
        var levels = new long[_gauges.Length];
        var highest = new long[_gauges.Length];
        for (var i = 0; i < _gauges.Length; i++)
        {
            (levels[i], highest[i]) = _gauges[i].Take();
        }

        return new StatsWindow(
            run,
            worker,
            number,
            start.ToUnixTimeMilliseconds(),
            (int)length.TotalMilliseconds,
            levels,
            highest,
            [.. UserTypes.Select(t => t.Take())],
            Events.Take(),
            Failures.Take())
        {
            IsLast = isLast,
            Fanout = Delivery.TakeFanout(all: isLast),
            Clock = Delivery.Estimate,
            WorstClockErrorUs = Delivery.TakeWorstClockError(),
            Storms = [.. Storms.Take().Select(OnCoordinatorsClock)],
            Samples = Samples.Take(),
        };
    }

    private StormStats OnCoordinatorsClock(StormStats storm) =>
        storm with { StartUnixMs = storm.StartUnixMs + (Delivery.NodeOffsetUs / 1000) };
}
