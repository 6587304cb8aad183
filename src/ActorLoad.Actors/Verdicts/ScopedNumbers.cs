using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Actors.Verdicts;

/// <summary>The part of a run's totals that a threshold's scope leaves: all of it, one user type, one task, or one task of a type.</summary>
public sealed class ScopedNumbers
{
    private static readonly Counter[] TaskCounters = [Counter.TasksPassed, Counter.TasksFailed, Counter.TasksInterrupted];

    private readonly StatsTotals _totals;
    private readonly UserTypeTotals? _type;
    private readonly TaskTotals[] _tasks;
    private readonly bool _ofType;
    private readonly bool _ofTask;

    public ScopedNumbers(Threshold threshold, StatsTotals totals)
    {
        _totals = totals;
        _ofType = threshold.UserType is not null;
        _ofTask = threshold.Task is not null;
        _type = _ofType ? totals.UserTypes.GetValueOrDefault(threshold.UserType!) : null;
        _tasks = _ofTask
            ? [.. Types(totals).Select(t => t.Tasks.GetValueOrDefault(threshold.Task!)).OfType<TaskTotals>()]
            : [];
    }

    /// <summary>Whether a task has this metric; every other is the business of users and streams.</summary>
    public static bool IsKeptPerTask(string metric) =>
        metric == Timing.TaskTime.Name() || TaskCounters.Any(c => c.Name() == metric);

    /// <summary>
    /// Whether a user type has this metric. <c>fanout_spread</c> lies between receivers, who need not be of one type.
    /// </summary>
    public static bool IsKeptPerUserType(string metric) => metric != Timing.FanoutSpread.Name();

    public long this[Counter counter] => !_ofTask
        ? (_ofType ? _type?[counter] ?? 0 : _totals[counter])
        : counter switch
        {
            Counter.TasksPassed => _tasks.Sum(t => t.Passed),
            Counter.TasksFailed => _tasks.Sum(t => t.Failed),
            Counter.TasksInterrupted => _tasks.Sum(t => t.Interrupted),
            _ => 0,
        };

    /// <summary>Microseconds; null = no samples.</summary>
    public LongHistogram? this[Timing timing]
    {
        get
        {
            if (!_ofTask)
            {
                return (_ofType ? _type?.Timings : _totals.Timings)?.GetValueOrDefault(timing);
            }

            var parts = _tasks.Select(t => t.Timings.GetValueOrDefault(timing)).OfType<LongHistogram>().ToList();
            if (parts.Count < 2)
            {
                return parts.FirstOrDefault();
            }

            var sum = HistogramCodec.Create();
            parts.ForEach(sum.Add);
            return sum;
        }
    }

    private IEnumerable<UserTypeTotals> Types(StatsTotals totals) =>
        !_ofType ? totals.UserTypes.Values : _type is null ? [] : [_type];
}
