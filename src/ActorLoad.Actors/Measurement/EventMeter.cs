using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Takes out of each event of one stream what the scenario measures by, over all its connections. What cannot be taken out
/// is counted as a measure error and costs nothing else. Allocation-free per event.
/// </summary>
internal sealed class EventMeter(MeasurePlan plan, StreamRecorder recorder)
{
    private const int MostFields = 3;

    private readonly DeliveryMeter _delivery = new(plan, recorder);

    /// <summary>Events missed on this stream so far; may be read from any thread.</summary>
    public long Missed { get; }

    /// <summary>Events replayed to this stream so far; may be read from any thread.</summary>
    public long Replayed => _delivery.Replayed;

    /// <param name="resumed">The connection asked to go on where the stream was; without it every connection starts afresh.</param>

    /// <param name="requestStart">Timestamp ticks.</param>
    public void OnOpened(bool resumed, long requestStart) => _delivery.OnOpened(resumed, requestStart);

    /// <param name="isHeartbeat">It keeps the connection alive, and need not have what other events have.</param>
    /// <param name="readAt">When the event's bytes were read, in timestamp ticks.</param>
    public void OnEvent(in SseEvent e, bool isHeartbeat, long readAt)
    {
        Span<JsonField> fields = stackalloc JsonField[MostFields];
        fields = fields[..plan.Fields.Count];
        if (fields.Length > 0 && !plan.Fields.TryRead(e.Data, fields))
        {
            if (!isHeartbeat)
            {
                Error(FailureReason.NotJson, "the data is no JSON document");
            }

            return;
        }

        _delivery.OnEvent(e, fields, isHeartbeat, readAt);
    }

    /// <summary>The stream has come to its end.</summary>
    public void Retire() => _delivery.Retire();

    private void Error(FailureReason reason, string sample)
    {
        recorder.Count(Counter.MeasureErrors);
        recorder.Worker.Failures.Count(FailureWhere.Measure, reason, sample);
    }
}
