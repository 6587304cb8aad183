namespace ActorLoad.Messages.Plan;

/// <summary>
/// The compiled stages: a pure function from time to target users (closed model) or to arrivals (open model). Each stage is a
/// straight line from the level of the one before it to its own.
/// </summary>
public sealed partial record LoadPlan
{
    public LoadModel Model { get; private init; }

    public required IReadOnlyList<PlanStage> Stages { get; init; }

    /// <summary>A longer plan ends here (<c>--duration</c>); null = the plan's own end.</summary>
    public TimeSpan? Cap { get; init; }

    public TimeSpan Duration
    {
        get
        {
            var own = Stages.Count == 0 ? TimeSpan.Zero : Stages[^1].End;
            return Cap is { } cap && cap < own ? cap : own;
        }
    }

    /// <summary>
    /// The highest number of users there can be at once: what a closed plan asks for; in the open model
    /// <see cref="MaxUsers"/>, or all arrivals when they are fewer.
    /// </summary>
    public int PeakUsers
    {
        get
        {
            if (Model == LoadModel.Open)
            {
                return (int)Math.Min(MaxUsers, Arrivals);
            }

            var peak = 0.0;
            foreach (var stage in Stages)
            {
                if (stage.Start >= Duration)
                {
                    break;
                }

                if (stage.Duration == TimeSpan.Zero)
                {
                    // A jump lasts no time; what it leads to is where the next line begins, unless that is another jump.
                    continue;
                }

                // The level at the end of its own line: at that moment the next stage may jump elsewhere.
                var share = stage.End <= Duration ? 1 : (Duration - stage.Start) / stage.Duration;
                peak = Math.Max(peak, Math.Max(stage.From, stage.From + ((stage.To - stage.From) * share)));
            }

            return (int)Math.Round(peak);
        }
    }

    /// <param name="stages">(duration, users at its end) in order.</param>
    public static LoadPlan Closed(IEnumerable<(TimeSpan Duration, int Users)> stages)
    {
        var compiled = new List<PlanStage>();
        var (start, level) = (TimeSpan.Zero, 0.0);
        foreach (var (duration, users) in stages)
        {
            compiled.Add(new PlanStage(start, duration, duration == TimeSpan.Zero ? users : level, users));
            start += duration;
            level = users;
        }

        return new LoadPlan { Model = LoadModel.Closed, Stages = compiled };
    }

    /// <summary>The same shape with its peak at <paramref name="users"/> (<c>--users</c>); closed model only.</summary>
    public LoadPlan ScaledTo(int users)
    {
        var peak = PeakUsers;
        if (peak == 0)
        {
            return this;
        }

        var factor = (double)users / peak;
        return this with { Stages = [.. Stages.Select(s => s with { From = s.From * factor, To = s.To * factor })] };
    }

    /// <summary>How many users shall be active at this offset from the start of the run; 0 before it and from the end on.</summary>
    public int TargetUsersAt(TimeSpan at) => at < TimeSpan.Zero || at >= Duration ? 0 : (int)Math.Round(LevelAt(at));

    private double LevelAt(TimeSpan at)
    {
        var level = 0.0;
        foreach (var stage in Stages)
        {
            if (at < stage.Start)
            {
                break;
            }

            level = at >= stage.End
                ? stage.To
                : stage.From + ((stage.To - stage.From) * ((at - stage.Start) / stage.Duration));
        }

        return level;
    }
}
