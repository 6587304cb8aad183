using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Actors.Measurement.Sequences;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Takes out of each event of one stream what the scenario measures by, over all its connections. What cannot be taken out
/// is counted as a measure error and costs nothing else. Allocation-free per event.
/// </summary>
internal sealed class EventMeter(MeasurePlan plan, StreamRecorder recorder, long user)
{
    private const int MostFields = 3;

    private readonly SequenceMeter? _sequence = plan.Sequence == MeasurePlan.Nowhere ? null : new SequenceMeter(plan, recorder, user);
    private readonly DeliveryMeter _delivery = new(plan, recorder);

    /// <summary>Events missed on this stream so far; may be read from any thread.</summary>
    public long Missed => _sequence?.Missed ?? 0;

    /// <summary>Events replayed to this stream so far; may be read from any thread.</summary>
    public long Replayed => _delivery.Replayed;

    public bool ReadsFreely
    {
        set => _delivery.ReadsFreely = value;
    }

    /// <summary>Null when the stream's events are not numbered.</summary>
    public SequenceMeter? Sequence => _sequence;

    /// <param name="resume">Whether the stream goes on where it was (its <c>resume</c> setting); else every connection starts afresh.</param>
    /// <param name="resumed">Whether this connection asked to go on where the stream was.</param>
    /// <param name="requestStart">Timestamp ticks.</param>
    public void OnOpened(bool resume, bool resumed, long requestStart)
    {
        if (!resume)
        {
            _sequence?.Restart();
        }

        _delivery.OnOpened(resumed, requestStart);
    }

    /// <summary>The connection has ended, in whatever way.</summary>
    public void OnEnded() => _sequence?.OnEnded();

    /// <summary>The stream has come to its end.</summary>
    public void Retire() => _delivery.Retire();

    /// <param name="isHeartbeat">It keeps the connection alive, and need not have any of the fields.</param>
    /// <param name="readAt">When the event's bytes were read, in timestamp ticks.</param>
    public void OnEvent(in SseEvent e, bool isHeartbeat, long readAt)
    {
        Span<JsonField> fields = stackalloc JsonField[MostFields];
        fields = fields[..plan.Fields.Count];
        var isJson = fields.IsEmpty || plan.Fields.TryRead(e.Data, fields);
        if (!isJson && !isHeartbeat)
        {
            MeasureErrors.Count(recorder, FailureReason.NotJson, "", "", default);
        }

        var isNew = _sequence?.OnEvent(e, fields, isJson, isHeartbeat, readAt) ?? true;
        if (isJson || plan.SentAt == MeasurePlan.Id)
        {
            _delivery.OnEvent(e, fields, isHeartbeat, isNew, readAt);
        }
    }
}
