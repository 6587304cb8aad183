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
    private readonly SequenceTracker _tracker = new();
    private MissedSamples? _missed;
    private SequenceKeys? _keys;

    // How often the user has asked for a mark, and how often it was set, which happens with the next event.
    private int _asked;
    private int _answered;
    private int _mark;
    private long _missedSinceMark;
    private long _missedInAll;

    /// <summary>Numbers that went missing and have not arrived, over all connections. For any thread.</summary>
    public long Missed => Volatile.Read(ref _missedInAll);

    /// <summary>Numbers that went missing since the last mark and have not arrived. For the user and the graph.</summary>
    public long MissedSinceMark => Volatile.Read(ref _answered) == Volatile.Read(ref _asked) ? Volatile.Read(ref _missedSinceMark) : 0;

    /// <summary>From the next event on, <see cref="MissedSinceMark"/> counts anew. For the user.</summary>
    public void Mark() => Volatile.Write(ref _asked, _asked + 1);

    /// <summary>The same at once, for the graph: the event before belongs to what ends here, the next one to what begins.</summary>
    public void MarkHere()
    {
        _tracker.Mark(++_mark);
        Volatile.Write(ref _missedSinceMark, 0);
    }

    /// <summary>A connection of a stream that does not resume opens: numbers begin anew.</summary>
    public void Restart()
    {
        _tracker.Restart();
        _keys = null;
    }

    /// <summary>A connection has ended: what is missing is not going to come on it.</summary>
    public void OnEnded() => _missed?.Tell(_keys);

    /// <param name="fields">What the plan's pointers found in the data.</param>
    /// <param name="isJson">False when the data is no JSON document, which somebody else has counted.</param>
    /// <param name="isHeartbeat">A heartbeat may come without a number.</param>
    /// <param name="readAt">In timestamp ticks.</param>
    /// <returns>Whether the event has a number that this stream had not got before.</returns>
    public bool OnEvent(in SseEvent e, ReadOnlySpan<JsonField> fields, bool isJson, bool isHeartbeat, long readAt)
    {
        AnswerUser();
        if (SequenceFields.ReadNumber(plan, e, fields, out var text, out var number) is { } problem)
        {
            if (problem != FailureReason.MissingField || (isJson && !isHeartbeat))
            {
                MeasureErrors.Count(recorder, problem, "sequence", plan.Settings.Sequence, text);
            }

            return false;
        }

        if (SequenceFields.ReadKey(plan, e, fields, ref _keys, out var keyText, out var key) is { } wrong)
        {
            if (wrong != FailureReason.MissingField || (isJson && !isHeartbeat))
            {
                MeasureErrors.Count(recorder, wrong, "key", plan.Settings.Key, keyText);
            }

            return false;
        }

        var step = _tracker.Observe(number, key, out var missed);
        if (step == SequenceStep.Absurd)
        {
            MeasureErrors.Count(recorder, FailureReason.OutOfRange, "sequence", plan.Settings.Sequence, text);
            return false;
        }

        recorder.Count(Counter.EventsSequenced);
        if (step != SequenceStep.InOrder)
        {
            OnDeparture(step, number, missed, key, readAt);
        }

        _missed?.TellIfOld(readAt, _keys);
        return step != SequenceStep.Duplicated;
    }

    private void OnDeparture(SequenceStep step, long number, long missed, int key, long readAt)
    {
        switch (step)
        {
            case SequenceStep.Gap:
                recorder.Count(Counter.EventsMissed, missed);
                Volatile.Write(ref _missedInAll, _missedInAll + missed);
                _missed ??= new MissedSamples(recorder, user);
                _missed.Suspect(number - missed, key, readAt, _keys);
                break;
            case SequenceStep.Reordered:
                recorder.Count(Counter.EventsMissed, -1);
                Volatile.Write(ref _missedInAll, _missedInAll - 1);
                recorder.Count(Counter.EventsReordered);
                _missed?.Acquit(number, key);
                Sample(IntegrityKind.Reordered, number, key);
                break;
            case SequenceStep.Duplicated:
                recorder.Count(Counter.EventsDuplicated);
                Sample(IntegrityKind.Duplicated, number, key);
                break;
        }

        Volatile.Write(ref _missedSinceMark, _tracker.MissedSinceMark);
    }

    private void AnswerUser()
    {
        var asked = Volatile.Read(ref _asked);
        if (asked != _answered)
        {
            MarkHere();
            Volatile.Write(ref _answered, asked);
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
