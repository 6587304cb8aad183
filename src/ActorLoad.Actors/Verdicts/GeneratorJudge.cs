using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Verdicts;

/// <summary>
/// Finds the times in which a worker was itself the bottleneck, out of what it saw of itself in each window. Times that
/// follow each other closely are one, and of too many the closest are joined: a day of trouble takes no more memory than a
/// minute of it. Plain logic.
/// </summary>
public sealed class GeneratorJudge
{
    /// <summary>A quiet time of so many seconds does not end a time of trouble.</summary>
    public const int MostQuietSeconds = 2;

    /// <summary>So many times of a kind and worker are kept apart.</summary>
    public const int MostTimes = 5;

    // A window's tick comes some milliseconds late on any machine; that alone is no second more.
    private const double Tolerance = 0.1;

    private readonly Dictionary<(GeneratorDoubtKind Kind, string Worker), List<GeneratorDoubt>> _doubts = [];
    private readonly Dictionary<(GeneratorDoubtKind Kind, string Worker), (int Windows, GeneratorDoubt Row)> _rows = [];

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<GeneratorDoubt> Doubts =>
        [.. _doubts.Values.SelectMany(d => d).OrderBy(d => d.FromSecond).ThenBy(d => d.Kind).ThenBy(d => d.Worker, StringComparer.Ordinal)];

    /// <param name="worker">Windows of a worker come in the order of time.</param>
    /// <param name="from">Start of the window, from the start of the run.</param>
    public void Add(string worker, TimeSpan from, TimeSpan length, GeneratorHealth health)
    {
        var first = Math.Max(0, (int)Math.Floor(from.TotalSeconds + Tolerance));
        var last = Math.Max(first + 1, (int)Math.Ceiling((from + length).TotalSeconds - Tolerance));
        var startUp = first < GeneratorBounds.StartUpSeconds;
        Once(GeneratorDoubtKind.SchedulingLag, health.LagMsMax, startUp ? GeneratorBounds.StartUpMs : GeneratorBounds.LagMs);
        InARow(GeneratorDoubtKind.SchedulingLag, health.LagMsMax, startUp ? GeneratorBounds.StartUpMs : GeneratorBounds.LastingLagMs);
        Once(GeneratorDoubtKind.ReadBacklog, health.ReadBacklogMsMax, startUp ? GeneratorBounds.StartUpMs : GeneratorBounds.ReadBacklogMs);
        InARow(GeneratorDoubtKind.ReadBacklog, health.ReadBacklogMsMax, startUp ? GeneratorBounds.StartUpMs : GeneratorBounds.LastingReadBacklogMs);
        InARow(GeneratorDoubtKind.Cpu, health.CpuShare, GeneratorBounds.CpuShare);
        InARow(GeneratorDoubtKind.GcPause, health.GcPauseShare, GeneratorBounds.GcPauseShare);
        InARow(GeneratorDoubtKind.ThreadPoolQueue, health.ThreadPoolQueueMin, GeneratorBounds.ThreadPoolQueue);
        Once(GeneratorDoubtKind.ArrivalsDropped, health.ArrivalsDropped, 0);

        void Once(GeneratorDoubtKind kind, double value, double bound)
        {
            if (value > bound)
            {
                Doubt(new GeneratorDoubt(kind, worker, first, last, value));
            }
        }

        void InARow(GeneratorDoubtKind kind, double value, double bound)
        {
            if (value <= bound)
            {
                _rows.Remove((kind, worker));
                return;
            }

            var now = new GeneratorDoubt(kind, worker, first, last, value);
            var (windows, row) = _rows.TryGetValue((kind, worker), out var before) && first <= before.Row.ToSecond
                ? (before.Windows + 1, Joined(before.Row, now))
                : (1, now);
            _rows[(kind, worker)] = (windows, row);
            if (windows >= GeneratorBounds.WindowsInARow)
            {
                Doubt(row);
            }
        }
    }

    private void Doubt(GeneratorDoubt doubt)
    {
        var key = (doubt.Kind, doubt.Worker);
        if (!_doubts.TryGetValue(key, out var times))
        {
            _doubts.Add(key, times = []);
        }

        if (times.Count > 0 && doubt.FromSecond - times[^1].ToSecond <= MostQuietSeconds)
        {
            times[^1] = Joined(times[^1], doubt);
            return;
        }

        times.Add(doubt);
        if (times.Count > MostTimes)
        {
            var nearest = Enumerable.Range(1, times.Count - 1).MinBy(i => times[i].FromSecond - times[i - 1].ToSecond);
            times[nearest - 1] = Joined(times[nearest - 1], times[nearest]);
            times.RemoveAt(nearest);
        }
    }

    private static GeneratorDoubt Joined(GeneratorDoubt a, GeneratorDoubt b) => a with
    {
        FromSecond = Math.Min(a.FromSecond, b.FromSecond),
        ToSecond = Math.Max(a.ToSecond, b.ToSecond),
        Peak = a.Kind == GeneratorDoubtKind.ArrivalsDropped ? a.Peak + b.Peak : Math.Max(a.Peak, b.Peak),
    };
}
