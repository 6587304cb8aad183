using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Keeps the accounts of a worker's reconnect storms: those that the scenario begins, and those of the server, which are found
/// when more than half of the open streams, and at least <see cref="Least"/>, are lost within <see cref="Span"/>. It hears of
/// connections only, never of events, so a lock is cheap enough. A stream belongs to a storm when it was open as the storm
/// began, and only once: a target that cuts streams all the time is one storm at most, not one per cut. Thread-safe.
/// </summary>
public sealed class StormWatch(TimeProvider time)
{
    public const int Least = 10;
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    // A target that flaps all day is one finding, not thousands.
    private const int MostServerStorms = 100;
    private const int StrayShare = 20;
    private static readonly TimeSpan StrayGap = TimeSpan.FromMilliseconds(500);

    // Losses that go on and on without being a storm are not looked at one by one: a twentieth more of them, and once more.
    private const int LookShare = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, StormAccount> _client = [];
    private readonly List<StormAccount> _server = [];
    private readonly Queue<(IStormStream Stream, StormLoss Loss)> _recent = [];
    // When losses joined the growing storm, as far as that is no longer ago than a span.
    private readonly Queue<long> _joined = [];
    private StormAccount? _growing;
    private long _lastLoss;
    private long _lossesSinceLook;
    private int _serverStorms;
    private long _open;
    private long _openThatComeBack;
    private long _recentStreams;
    private long _recentAway;

    /// <summary>The scenario's storm begins now.</summary>
    /// <param name="number">Index in events-at.</param>
    public void Begin(int number)
    {
        lock (_lock)
        {
            _client[number] = Create(StormCause.Client, number, time.GetTimestamp(), _open);
        }
    }

    public void OnAttempt(IStormStream stream)
    {
        if (stream.Loss is null)
        {
            return;
        }

        lock (_lock)
        {
            if (stream.Loss is not { BackAt: null } loss)
            {
                return;
            }

            if (loss.Storm is { } storm)
            {
                storm.OnAttempt(time.GetTimestamp());
            }
            else if (loss.IsRecent && time.GetElapsedTime(loss.At) <= Span)
            {
                // Later than that no storm is made of this loss any more.
                loss.KeepAttempt(time.GetTimestamp());
            }
        }
    }

    public void OnConnectFailed(IStormStream stream)
    {
        if (stream.Loss is null)
        {
            return;
        }

        lock (_lock)
        {
            if (stream.Loss is { BackAt: null } loss)
            {
                loss.Storm?.OnFailed();
                loss.Failures++;
            }
        }
    }

    /// <param name="at">When the response's headers were there, in timestamp ticks.</param>
    public void OnOpened(IStormStream stream, long at)
    {
        lock (_lock)
        {
            _open++;
            stream.OpenedAt = at;
            _openThatComeBack += stream.ComesBack ? 1 : 0;
            if (stream.Loss is not { BackAt: null } loss)
            {
                return;
            }

            loss.BackAt = at;
            _recentAway -= loss.IsRecent ? 1 : 0;
            loss.Storm?.OnBack(stream, loss, at);
        }
    }

    /// <summary>The user closed the open stream, or walked away from it.</summary>
    public void OnClosed(IStormStream stream)
    {
        lock (_lock)
        {
            Leave(stream);
        }
    }

    /// <param name="storm">The scenario's storm that cut it; null = it was none.</param>
    /// <param name="bySelf">The user's own step dropped it.</param>
    /// <param name="at">Timestamp ticks.</param>
    public void OnLost(IStormStream stream, int? storm, bool bySelf, long at)
    {
        lock (_lock)
        {
            Leave(stream);
            Settle(stream);
            var loss = new StormLoss(at, stream.OpenedAt, stream.EventsMissed, stream.EventsReplayed);
            if (storm is { } number && _client.TryGetValue(number, out var client))
            {
                stream.Loss = loss;
                client.Join(stream, loss);
            }
            else if (!bySelf && stream.ComesBack)
            {
                stream.Loss = loss;
                OnLostByServer(stream, loss);
            }
        }
    }

    /// <summary>What was added since the last call, by storm. One caller at a time.</summary>
    public StormStats[] Take()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            EndGrowing(now);
            StormStats[] stats = [.. _client.Values.Concat(_server).Select(s => s.Take(now)).OfType<StormStats>()];
            _server.RemoveAll(s => s != _growing && s.IsQuiet);
            return stats;
        }
    }

    private void Leave(IStormStream stream)
    {
        _open--;
        _openThatComeBack -= stream.ComesBack ? 1 : 0;
    }

    private void Settle(IStormStream stream)
    {
        if (stream.Loss is { } earlier)
        {
            earlier.Storm?.Settle(stream);
            Forget(earlier);
            stream.Loss = null;
        }
    }

    private void Forget(StormLoss loss)
    {
        if (loss.IsRecent)
        {
            loss.IsRecent = false;
            _recentStreams--;
            _recentAway -= loss.BackAt is null ? 1 : 0;
        }
    }

    private void OnLostByServer(IStormStream stream, StormLoss loss)
    {
        EndGrowing(loss.At);
        if (_growing is { } storm && loss.OpenedAt <= storm.Start)
        {
            storm.Join(stream, loss);
            _joined.Enqueue(loss.At);
            while (time.GetElapsedTime(_joined.Peek(), loss.At) > Span)
            {
                _joined.Dequeue();
            }

            // A stream that it spared and that is lost much later, by itself, must not keep it going either.
            if (_joined.Count * StrayShare >= storm.StreamsBefore)
            {
                _lastLoss = loss.At;
            }

            return;
        }

        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Loss.At, loss.At) > Span)
        {
            Forget(_recent.Dequeue().Loss);
        }

        loss.IsRecent = true;
        _recent.Enqueue((stream, loss));
        _recentStreams++;
        _recentAway++;
        _lossesSinceLook++;
        if (_recentStreams < Least || _recentStreams * 2 <= _openThatComeBack + _recentAway)
        {
            return;
        }

        if (_growing is not null)
        {
            // The mass of the streams is lost once more: the same storm goes on. A few that are lost now and then, as on any day,
            // must not keep it going: the next storm would be taken for a part of it.
            _lastLoss = loss.At;
        }
        else if (_serverStorms < MostServerStorms && _lossesSinceLook * LookShare >= _recentStreams)
        {
            Look();
        }
    }

    private void EndGrowing(long now)
    {
        if (_growing is not { } storm || time.GetElapsedTime(_lastLoss, now) <= Span)
        {
            return;
        }

        _growing = null;
        _joined.Clear();

        // The storms of a worker begin more than a span apart: by that they are told apart when they are merged.
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(storm.Start, oldest.Loss.At) <= Span)
        {
            Forget(_recent.Dequeue().Loss);
        }
    }

    private void Look()
    {
        var before = _openThatComeBack + _recentAway;
        var losses = _recent.Where(r => r.Loss.IsRecent).OrderBy(r => r.Loss.At).ToList();
        var strays = Strays(losses);
        before -= losses.Take(strays).Count(r => r.Loss.BackAt is null);
        losses.RemoveRange(0, strays);
        losses.RemoveAll(r => r.Loss.OpenedAt > losses[0].Loss.At);
        _lossesSinceLook = 0;
        if (losses.Count >= Least && losses.Count * 2 > before)
        {
            Declare(losses, before);
        }
    }

    private void Declare(List<(IStormStream Stream, StormLoss Loss)> losses, long before)
    {
        foreach (var (_, loss) in _recent)
        {
            Forget(loss);
        }

        _recent.Clear();
        var start = losses[0].Loss.At;
        _server.Add(_growing = Create(StormCause.Server, _serverStorms++, start, before));
        foreach (var (stream, loss) in losses)
        {
            _growing.Join(stream, loss);
            _joined.Enqueue(loss.At);
        }

        _lastLoss = losses[^1].Loss.At;
    }

    // A few streams that happened to be lost long before the mass must not make its recovery look slower.
    private int Strays(List<(IStormStream Stream, StormLoss Loss)> losses)
    {
        for (var i = losses.Count / StrayShare; i > 0; i--)
        {
            if (time.GetElapsedTime(losses[i - 1].Loss.At, losses[i].Loss.At) > StrayGap)
            {
                return i;
            }
        }

        return 0;
    }

    private StormAccount Create(StormCause cause, int number, long start, long before)
    {
        var startedAt = time.GetUtcNow() - time.GetElapsedTime(start);
        return new StormAccount(cause, number, start, startedAt.ToUnixTimeMilliseconds(), before, time);
    }
}
