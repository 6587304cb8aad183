using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Target;

/// <summary>How the embedded target behaves. Every value has a default; <see cref="EmbeddedTarget.StartAsync"/> checks them.</summary>
public sealed record TargetOptions
{
    /// <summary>Where to listen: one or more `http://address:port` separated by `;`. Port 0 takes a free one. Default: http://127.0.0.1:5080.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Allows addresses beyond loopback; they need a <see cref="Token"/>. Default: false.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>When set, every request but `/health` needs `Authorization: Bearer TOKEN` or `?token=TOKEN`. Default: none.</summary>
    public string? Token { get; init; }

    /// <summary>Time between two events of a channel. Default: 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two progress events of a job. Default: 200 ms.</summary>
    public TimeSpan JobStepInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many events a channel keeps for replay. Default: 10,000.</summary>
    public int RingSize { get; init; } = 10_000;

    /// <summary>Sent as `retry:` at the start of a stream, in ms; null or 0 sends none. Default: 1000.</summary>
    public int? RetryMs { get; init; } = 1000;

    /// <summary>Each stream gets the comment `: heartbeat` at least this often; zero sends none. Default: 5 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Seed of everything random: payloads and faults. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Faults of all streams; the query of a request overrides them one by one. Default: none.</summary>
    public TargetFaults Faults { get; init; } = TargetFaults.None;

    /// <summary>
    /// A folder in which channels and rooms keep their ring buffers, so that numbering and replay go on after a restart, even
    /// after a kill. Default: none, events live in memory only.
    /// </summary>
    public string? JournalDirectory { get; init; }

    /// <summary>How long <see cref="EmbeddedTarget.StopAsync"/> waits for clients to take the end of their streams before it cuts them. Default: 500 ms.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// A file to which is appended what was accepted in each tenth of a second, a line of JSON each. Default: none, `/api/accepts`
    /// tells the same of this process.
    /// </summary>
    public string? AcceptLog { get; init; }

    internal void Check()
    {
        Require(Interval >= TimeSpan.FromMilliseconds(1), nameof(Interval), "must be at least 1 ms");
        Require(JobStepInterval >= TimeSpan.FromMilliseconds(1), nameof(JobStepInterval), "must be at least 1 ms");
        Require(RingSize >= 1, nameof(RingSize), "must be at least 1");
        Require(RetryMs is null or >= 0, nameof(RetryMs), "must not be negative");
        Require(HeartbeatInterval >= TimeSpan.Zero, nameof(HeartbeatInterval), "must not be negative");
        Require(StopGrace >= TimeSpan.Zero, nameof(StopGrace), "must not be negative");
        if (Faults.Mistake() is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(Faults));
        }
    }

    private static void Require(bool condition, string name, string message)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {message}", name);
        }
    }
}
