namespace ActorLoad.Host.Target.Stats;

/// <summary>What the target has done since it started or was last reset, as `/api/stats` tells it. Numbers "open" and "pending" are of now.</summary>
public sealed record TargetStats
{
    /// <summary>Whether publishing is paused.</summary>
    public required bool Paused { get; init; }

    public required ConnectionStats Connections { get; init; }

    public required StreamStats Streams { get; init; }

    public required EventStats Events { get; init; }

    /// <summary>Heartbeat comments written.</summary>
    public required long Comments { get; init; }

    /// <summary>Bytes of stream bodies written, without HTTP's own framing.</summary>
    public required long Bytes { get; init; }

    /// <summary>Writes of streams that had to wait until the client took what was sent before.</summary>
    public required long WritesBlocked { get; init; }

    /// <summary>Requests answered, by status; a stream counts when it opens.</summary>
    public required IReadOnlyDictionary<int, long> Requests { get; init; }

    /// <summary>Faults done, by kind: refuse, status, content-type, headers-delay, skip, repeat, swap, delay, cut, reset, stall, late.</summary>
    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    /// <summary>By the names that clients gave with `account`.</summary>
    public required IReadOnlyDictionary<string, AccountStats> Accounts { get; init; }

    public required ChatStats Chat { get; init; }

    public required JobStats Jobs { get; init; }

    public required CompletionStats Completions { get; init; }

    public required LoginStats Logins { get; init; }
}
