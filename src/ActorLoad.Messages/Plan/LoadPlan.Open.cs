namespace ActorLoad.Messages.Plan;

/// <summary>
/// The open model: arrivals are the area under the rate, rounded to whole users, so that arrival i (from 0) is due where the
/// area reaches i + 1/2. Every due time is computed from the start of the run: errors never add up.
/// </summary>
public sealed partial record LoadPlan
{
    /// <summary>At most as many users of an open plan are there at once; whoever arrives beyond is dropped.</summary>
    public int MaxUsers { get; init; } = int.MaxValue;

    /// <summary>How many users arrive in all (open model).</summary>
    public long Arrivals => ArrivalsUntil(Duration);

    /// <param name="stages">(duration, users per second at its end) in order.</param>
    /// <param name="startRate">Users per second when the first stage begins; null = the first stage's own rate, so that it is constant.</param>
    public static LoadPlan Open(IEnumerable<(TimeSpan Duration, double Rate)> stages, double? startRate = null, int maxUsers = int.MaxValue)
    {
        var compiled = new List<PlanStage>();
        var (start, level) = (TimeSpan.Zero, startRate);
        foreach (var (duration, rate) in stages)
        {
            compiled.Add(new PlanStage(start, duration, duration == TimeSpan.Zero ? rate : level ?? rate, rate));
            start += duration;
            level = rate;
        }

        return new LoadPlan { Model = LoadModel.Open, Stages = compiled, MaxUsers = maxUsers };
    }

    /// <summary>How many users are due before this offset from the start of the run.</summary>
    public long ArrivalsUntil(TimeSpan at)
    {
        var area = 0.0;
        var until = at < Duration ? at : Duration;
        foreach (var stage in Stages)
        {
            if (until <= stage.Start)
            {
                break;
            }

            area += stage.AreaUntil(until < stage.End ? until - stage.Start : stage.Duration);
        }

        return Math.Max(0, (long)Math.Ceiling(area - 0.5));
    }

    /// <summary>When this arrival is due, as an offset from the start of the run; null when the plan ends before.</summary>
    /// <param name="index">Counts from 0.</param>
    public TimeSpan? ArrivalDueAt(long index)
    {
        var left = index + 0.5;
        foreach (var stage in Stages)
        {
            var area = stage.AreaUntil(stage.Duration);
            if (left < area)
            {
                var due = stage.Start + stage.TimeOfArea(left);
                return due < Duration ? due : null;
            }

            left -= area;
        }

        return null;
    }
}
