namespace ActorLoad.Messages.Scenarios;

/// <summary>One demand on a metric.</summary>
/// <param name="Metric">Name of a counter or timing, for example "time_to_first_event".</param>
/// <param name="Expression">As written, for example "p99 &lt; 250ms".</param>
/// <param name="Aggregate">"count", "rate", "per_second", "min", "mean", "max", or "p" and a percentile ("p99", "p99.9").</param>
/// <param name="Operator">One of &lt;, &lt;=, &gt;, &gt;=, ==, !=.</param>
/// <param name="Value">Milliseconds for timings, a fraction (0 to 1) for "rate", a plain number otherwise.</param>
public sealed record Threshold(string Metric, string Expression, string Aggregate, string Operator, double Value)
{
    /// <summary>Only what users of this type measured; null = all.</summary>
    public string? UserType { get; init; }

    /// <summary>Only what this task measured; null = all. Without a user type: tasks of this name of every type.</summary>
    public string? Task { get; init; }

    /// <summary>"users.reader", "tasks.read", "users.reader.tasks.read"; empty = the whole run.</summary>
    public string Scope => (UserType, Task) switch
    {
        (null, null) => "",
        (null, _) => $"tasks.{Task}",
        (_, null) => $"users.{UserType}",
        _ => $"users.{UserType}.tasks.{Task}",
    };

    /// <summary>Scope and metric, as the scenario writes them: "tasks.read.task_time".</summary>
    public string Name => Scope.Length == 0 ? Metric : $"{Scope}.{Metric}";

    /// <summary>A run in which it does not hold is stopped, gracefully.</summary>
    public bool AbortOnFail { get; init; }

    /// <summary>Not before this offset from the start of the run.</summary>
    public TimeSpan AbortDelay { get; init; } = TimeSpan.Zero;
}
