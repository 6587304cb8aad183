using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Target;

/// <summary>How the embedded target behaves. Every value has a default; <see cref="EmbeddedTarget.StartAsync"/> checks them.</summary>
public sealed record TargetOptions
{
    /// <summary>
    /// Where to listen: one or more `http://address:port` separated by `;`. Port 0 takes a free one. `https` speaks HTTP/2 and
    /// HTTP/1.1 and needs a certificate; `h2c` speaks HTTP/2 without TLS. Default: http://127.0.0.1:5080.
    /// </summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>PEM file with the certificate of https addresses. Default: none.</summary>
    public string? TlsCertFile { get; init; }

    /// <summary>PEM file with its key; null when the certificate's file holds it as well. Default: none.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>https addresses get a certificate made for this start, which nobody trusts. Default: false.</summary>
    public bool TlsSelfSigned { get; init; }

    /// <summary>
    /// Bytes of the kernel's send buffer per connection, so that slow clients are felt sooner; 0 leaves it to the system, which
    /// lets it grow to megabytes. Default: 0.
    /// </summary>
    public int SendBuffer { get; init; }

    /// <summary>Allows addresses beyond loopback; they need a <see cref="Token"/>. Default: false.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>When set, every request but `/health` needs `Authorization: Bearer TOKEN` or `?token=TOKEN`. Default: none.</summary>
    public string? Token { get; init; }

    /// <summary>Time between two events of a channel. Default: 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two progress events of a job. Default: 200 ms.</summary>
    public TimeSpan JobStepInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time from a chat completion's request to its first token. Default: 200 ms.</summary>
    public TimeSpan FirstTokenDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time between two tokens of a chat completion. Default: 20 ms.</summary>
    public TimeSpan TokenGap { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Tokens of a chat completion whose request does not say. Default: 50.</summary>
    public int CompletionTokens { get; init; } = 50;

    /// <summary>How many events a channel keeps for replay. Default: 10,000.</summary>
    public int RingSize { get; init; } = 10_000;

    /// <summary>Sent as `retry:` at the start of a stream, in ms; null or 0 sends none. Default: 1000.</summary>
    public int? RetryMs { get; init; } = 1000;

    /// <summary>Each stream gets the comment `: heartbeat` at least this often; zero sends none. Default: 5 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far the target's clock is ahead: of time stamps in events, of <c>/api/time</c> and of <c>Date</c>. Default: 0.</summary>
    public TimeSpan ClockOffset { get; init; }

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
        Require(FirstTokenDelay >= TimeSpan.Zero, nameof(FirstTokenDelay), "must not be negative");
        Require(TokenGap >= TimeSpan.Zero, nameof(TokenGap), "must not be negative");
        Require(CompletionTokens >= 1, nameof(CompletionTokens), "must be at least 1");
        Require(RingSize >= 1, nameof(RingSize), "must be at least 1");
        Require(RetryMs is null or >= 0, nameof(RetryMs), "must not be negative");
        Require(HeartbeatInterval >= TimeSpan.Zero, nameof(HeartbeatInterval), "must not be negative");
        Require(SendBuffer >= 0, nameof(SendBuffer), "must not be negative");
        Require(StopGrace >= TimeSpan.Zero, nameof(StopGrace), "must not be negative");
        Require(ClockOffset.Duration() <= TimeSpan.FromDays(1), nameof(ClockOffset), "must not be more than a day");
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
