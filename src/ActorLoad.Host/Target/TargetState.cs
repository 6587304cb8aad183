using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorLoad.Host.Target.Accounts;
using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Chat;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Jobs;
using ActorLoad.Host.Target.Login;
using ActorLoad.Host.Target.Stats;
using ActorLoad.Host.Target.Streams;

namespace ActorLoad.Host.Target;

/// <summary>What the endpoints share: channels, rooms, jobs, counters, and whether the target is paused or stopping.</summary>
internal sealed class TargetState : IAsyncDisposable
{
    private readonly CounterDirectory _channelCounters = new();
    private readonly JournalFolder _journals;
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _paused;
    private volatile bool _stopping;
    private long _ordinal;

    public TargetState(TargetOptions options)
    {
        Options = options;
        Clock = new TargetClock(options.ClockOffset);
        if (options.JournalDirectory is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        _journals = new JournalFolder(options.JournalDirectory);
        Accepts = new AcceptLog(options.AcceptLog, TimeProvider.System);
        Channels = new ChannelDirectory(options, Clock, _channelCounters, _journals, () => _paused);
        Rooms = new RoomDirectory(options, Clock, _channelCounters, _journals, Counters);
        Jobs = new JobDirectory(Clock, _channelCounters.Get("jobs"), Counters, () => _paused);
    }

    public TargetOptions Options { get; }

    public TargetClock Clock { get; }

    public TargetCounters Counters { get; } = new();

    public AcceptLog Accepts { get; }

    public ChannelDirectory Channels { get; }

    public RoomDirectory Rooms { get; }

    public JobDirectory Jobs { get; }

    public AccountDirectory Accounts { get; } = new();

    public LoginDesk Logins { get; } = new();

    /// <summary>Cancelled when streams have to end.</summary>
    public CancellationToken Stopping => _ended.Token;

    public bool IsPaused => _paused;

    public bool IsStopping => _stopping;

    public IEnumerable<EventRing> Rings => Channels.Rings.Concat(Rooms.Rings).Concat(Jobs.Rings);

    /// <summary>A number of its own for each stream request, from 1; seeds its faults.</summary>
    public ulong NextOrdinal() => (ulong)Interlocked.Increment(ref _ordinal);

    /// <summary>Stops publishing by the clock, and heartbeats. When it returns, every event published so far has been offered to its streams.</summary>
    public void Pause()
    {
        _paused = true;
        Channels.AwaitQuiet();
        Jobs.AwaitQuiet();
    }

    public void Resume() => _paused = false;

    /// <summary>Ends every stream, and those that come too late.</summary>
    /// <param name="abort">Resets their connections instead of ending them cleanly.</param>
    public void EndStreams(bool abort)
    {
        _stopping = true;
        _ended.Cancel();
        foreach (var ring in Rings)
        {
            ring.Streams.ForEach(abort, static (stream, hard) =>
            {
                if (hard)
                {
                    stream.Abort(StreamEnd.Stopped);
                }
                else
                {
                    stream.End(StreamEnd.Stopped);
                }
            });
        }
    }

    public void ResetStats()
    {
        Counters.Reset();
        Logins.Reset();
        Accounts.Clear();
        foreach (var channel in _channelCounters.All)
        {
            channel.Reset();
        }
    }

    public TargetStats Snapshot()
    {
        var channels = _channelCounters.All.OrderBy(c => c.Name, StringComparer.Ordinal)
            .ToDictionary(c => c.Name, c => new ChannelStats(c.Published, c.Sent));
        return new TargetStats
        {
            Paused = _paused,
            Connections = new ConnectionStats(Counters[TargetCounter.ConnectionsAccepted], Counters.OpenConnections),
            Streams = new StreamStats(
                Counters[TargetCounter.StreamsOpened],
                Counters.OpenStreams,
                CountPending(),
                Counters[TargetCounter.StreamsResumed],
                Counters[TargetCounter.ResumesGap],
                Counters[TargetCounter.ResumesUnknown],
                Enum.GetValues<StreamEnd>().Where(r => r != StreamEnd.None).ToDictionary(Kebab, r => Counters[r])),
            Events = new EventStats(channels.Values.Sum(c => c.Published), Counters[TargetCounter.EventsSent], channels),
            Comments = Counters[TargetCounter.CommentsSent],
            Bytes = Counters[TargetCounter.BytesSent],
            WritesBlocked = Counters[TargetCounter.WritesBlocked],
            Requests = Counters.Statuses.ToDictionary(s => s.Status, s => s.Count),
            Faults = Enum.GetValues<FaultKind>().ToDictionary(Kebab, k => Counters[k]),
            Accounts = Accounts.Sum().ToDictionary(a => a.Key, a => Of(a.Value)),
            Chat = new ChatStats(Counters[TargetCounter.ChatMessages], Counters[TargetCounter.ChatPresences]),
            Jobs = new JobStats(Counters[TargetCounter.JobsCreated], Counters[TargetCounter.JobsDone]),
            Completions = new CompletionStats(
                Counters[TargetCounter.CompletionsWhole],
                Counters[TargetCounter.CompletionsStreamed],
                Counters[TargetCounter.CompletionTokens],
                Counters[TargetCounter.CompletionsDone]),
            Logins = new LoginStats(Logins.Granted, Logins.Refused, Logins.Users),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Channels.DisposeAsync().ConfigureAwait(false);
        Jobs.Stop();
        _journals.Dispose();
        _ended.Dispose();
        Accepts.Dispose();
    }

    private static AccountStats Of(AccountTotals totals) => new(
        totals.Streams,
        totals.Complete,
        totals.Events,
        totals.Missed,
        totals.Duplicated,
        totals.Reordered,
        FaultPlan.Kinds.ToDictionary(Kebab, k => totals.Faults[(int)k]));

    private static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private long CountPending()
    {
        var pending = new StrongBox<long>();
        foreach (var ring in Rings)
        {
            ring.Streams.ForEach(pending, static (stream, count) => count.Value += stream.IsPending ? 1 : 0);
        }

        return pending.Value;
    }
}
