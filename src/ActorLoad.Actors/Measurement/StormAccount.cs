using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Actors.Measurement;

/// <summary>The account of one storm on this worker. Guarded by the storm watch's lock.</summary>
/// <param name="start">Timestamp ticks.</param>
internal sealed class StormAccount(StormCause cause, int number, long start, long startUnixMs, long streamsBefore, TimeProvider time)
{
    /// <summary>For so long a stream that came back is asked what it missed and what was replayed to it.</summary>
    public static readonly TimeSpan FollowedFor = TimeSpan.FromSeconds(10);

    private readonly Dictionary<IStormStream, StormLoss> _followed = [];
    private LongHistogram? _back;
    private LongHistogram? _attempts;
    private long _dropped;
    private long _failures;
    private long _missed;
    private long _replayed;
    private long _away;
    private bool _told;

    /// <summary>Timestamp ticks.</summary>
    public long Start => start;

    public long StreamsBefore => streamsBefore;

    /// <summary>Nothing can be added to it any more but new losses.</summary>
    public bool IsQuiet => _told && _away == 0 && _followed.Count == 0;

    public void Join(IStormStream stream, StormLoss loss)
    {
        loss.Storm = this;
        _dropped++;
        _away++;
        foreach (var at in loss.Attempts)
        {
            OnAttempt(at);
        }

        _failures += loss.Failures;
        if (loss.BackAt is { } backAt)
        {
            OnBack(stream, loss, backAt);
        }
    }

    public void OnAttempt(long at) => Record(ref _attempts, at);

    public void OnFailed() => _failures++;

    public void OnBack(IStormStream stream, StormLoss loss, long at)
    {
        Record(ref _back, at);
        _away--;
        _followed[stream] = loss;
    }

    /// <summary>From here on the stream belongs to another story.</summary>
    public void Settle(IStormStream stream)
    {
        if (_followed.Remove(stream, out var loss))
        {
            TakeOf(stream, loss);
        }
    }

    /// <returns>What was added since the last call; null when nothing was.</returns>
    public StormStats? Take(long now)
    {
        foreach (var (stream, loss) in _followed)
        {
            TakeOf(stream, loss);
            if (time.GetElapsedTime(loss.BackAt!.Value, now) >= FollowedFor)
            {
                _followed.Remove(stream);
            }
        }

        var moved = _dropped != 0 || _failures != 0 || _missed != 0 || _replayed != 0 || _back is not null || _attempts is not null;
        if (_told && !moved)
        {
            return null;
        }

        var stats = new StormStats(
            cause, number, startUnixMs, streamsBefore, _dropped, Encode(_back), Encode(_attempts), _failures, _missed, _replayed);
        (_dropped, _failures, _missed, _replayed, _back, _attempts, _told) = (0, 0, 0, 0, null, null, true);
        return stats;
    }

    private static byte[]? Encode(LongHistogram? histogram) => histogram is null ? null : HistogramCodec.Encode(histogram);

    private void TakeOf(IStormStream stream, StormLoss loss)
    {
        var (missed, replayed) = (stream.EventsMissed, stream.EventsReplayed);
        _missed += missed - loss.Missed;
        _replayed += replayed - loss.Replayed;
        (loss.Missed, loss.Replayed) = (missed, replayed);
    }

    private void Record(ref LongHistogram? histogram, long at)
    {
        var microseconds = (long)time.GetElapsedTime(start, at).TotalMicroseconds;
        (histogram ??= HistogramCodec.Create()).RecordValue(Math.Clamp(microseconds, 0, HistogramCodec.HighestMicroseconds));
    }
}
