using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>
/// Counts what a stream misses, gets twice and gets late, by the numbers that its events carry. The graph of the stream's
/// connection feeds it; the user marks moments and asks what has gone missing since.
/// </summary>
internal sealed class SequenceMeter(MeasurePlan plan, StreamRecorder recorder, long user)
{
    /// <summary>There is no number.</summary>
    public const long None = -1;

    private readonly SequenceTracker _tracker = new();
    private readonly MissedSamples _missed = new(recorder, user);
    private SequenceKeys? _keys;

    // Written by the user's thread, taken over by the graph's with the next event.
    private int _mark;
    private int _markTaken;
    private long _missedSinceMark;
    private long _missedInAll;

    /// <summary>Numbers that went missing and have not arrived, over all connections. For any thread.</summary>
    public long Missed => Volatile.Read(ref _missedInAll);

    /// <summary>Numbers that went missing since the last <see cref="Mark"/> and have not arrived. For the thread that marks.</summary>
    public long MissedSinceMark => Volatile.Read(ref _markTaken) == _mark ? Volatile.Read(ref _missedSinceMark) : 0;

    /// <summary>From the next event on, <see cref="MissedSinceMark"/> counts anew. One thread at a time.</summary>
    public void Mark() => Volatile.Write(ref _mark, _mark + 1);

    /// <summary>A connection of a stream that does not resume opens: numbers begin anew.</summary>
    public void Restart()
    {
        _tracker.Restart();
        _keys = null;
    }

    /// <summary>A connection has ended: what is missing is not going to come on it.</summary>
    public void OnEnded() => _missed.Tell(_keys);

    /// <param name="fields">What the plan's pointers found in the data.</param>
    /// <param name="isJson">False when the data is no JSON document, which somebody else has counted.</param>
    /// <param name="isHeartbeat">A heartbeat may come without a number.</param>
    /// <param name="readAt">In timestamp ticks.</param>
    /// <returns>The event's number, or <see cref="None"/>.</returns>
    public long OnEvent(in SseEvent e, ReadOnlySpan<JsonField> fields, bool isJson, bool isHeartbeat, long readAt)
    {
        if (SequenceFields.ReadNumber(plan, e, fields, out var text, out var number) is { } problem)
        {
            if (problem != FailureReason.MissingField || (isJson && !isHeartbeat))
            {
                MeasureErrors.Count(recorder, problem, "sequence", plan.Settings.Sequence, text);
            }

            return None;
        }

        if (SequenceFields.ReadKey(plan, e, fields, ref _keys, out text, out var key) is { } wrong)
        {
            if (wrong != FailureReason.MissingField || isJson)
            {
                MeasureErrors.Count(recorder, wrong, "key", plan.Settings.Key, text);
            }

            return None;
        }

        TakeMark();
        var step = _tracker.Observe(number, key, out var missed);
        if (step == SequenceStep.Absurd)
        {
            MeasureErrors.Count(recorder, FailureReason.OutOfRange, "sequence", plan.Settings.Sequence, text);
            return None;
        }

        recorder.Count(Counter.EventsSequenced);
        if (step != SequenceStep.InOrder)
        {
            OnDeparture(step, number, missed, key, readAt);
        }

        _missed.TellIfOld(readAt, _keys);
        return number;
    }

    private void OnDeparture(SequenceStep step, long number, long missed, int key, long readAt)
    {
        switch (step)
        {
            case SequenceStep.Gap:
                recorder.Count(Counter.EventsMissed, missed);
                Volatile.Write(ref _missedInAll, _missedInAll + missed);
                _missed.Suspect(number - missed, key, readAt);
                break;
            case SequenceStep.Reordered:
                recorder.Count(Counter.EventsMissed, -1);
                Volatile.Write(ref _missedInAll, _missedInAll - 1);
                recorder.Count(Counter.EventsReordered);
                _missed.Acquit(number, key);
                Sample(IntegrityKind.Reordered, number, key);
                break;
            case SequenceStep.Duplicated:
                recorder.Count(Counter.EventsDuplicated);
                Sample(IntegrityKind.Duplicated, number, key);
                break;
        }

        Volatile.Write(ref _missedSinceMark, _tracker.MissedSinceMark);
    }

    private void TakeMark()
    {
        var mark = Volatile.Read(ref _mark);
        if (mark != _markTaken)
        {
            _tracker.Mark(mark);
            Volatile.Write(ref _missedSinceMark, 0);
            Volatile.Write(ref _markTaken, mark);
        }
    }

    private void Sample(IntegrityKind kind, long number, int key)
    {
        if (recorder.Worker.Samples.HasRoom(kind))
        {
            recorder.Worker.Samples.Add(kind, recorder, user, _keys?.TextOf(key) ?? "", number, DateTimeOffset.UtcNow);
        }
    }
}
