using System.Text.Json;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>
/// Tells of the events of one stream, over all its connections, how late they are, whether they were replayed, whether they
/// came bunched, and when they were here. Allocation-free per event.
/// </summary>
internal sealed class DeliveryMeter(MeasurePlan plan, StreamRecorder recorder)
{
    private const long DayUs = HistogramCodec.HighestMicroseconds;

    private readonly DeliveryRecorder _delivery = recorder.Worker.Delivery;
    private BurstDetector _bursts;
    private long _requestedUs;
    private long _latencyOf;
    private long _latency;
    private long _replayed;
    private bool _resumed;

    /// <summary>Whether the client takes what it is sent as it comes; one that reads slowly makes bursts of its own.</summary>
    public bool ReadsFreely { get; set; } = true;

    /// <summary>Events replayed to this stream so far; may be read from any thread.</summary>
    public long Replayed => Volatile.Read(ref _replayed);

    /// <param name="resumed">The connection asked to go on where the stream was.</param>
    /// <param name="requestStart">Timestamp ticks.</param>
    public void OnOpened(bool resumed, long requestStart)
    {
        _resumed = resumed;
        _requestedUs = _delivery.UnixUs(requestStart);
        _latencyOf = 0;
        _bursts.Forget();
    }

    /// <param name="fields">What the plan's pointers found.</param>
    /// <param name="isHeartbeat">It need not tell when it was sent.</param>
    /// <param name="isNew">False when its number is none, or one that the stream has got before.</param>
    /// <param name="readAt">Timestamp ticks.</param>
    public void OnEvent(in SseEvent e, ReadOnlySpan<JsonField> fields, bool isHeartbeat, bool isNew, long readAt)
    {
        var atUs = _delivery.UnixUs(readAt);
        if (plan.SentAt != MeasurePlan.Nowhere && TryReadSentAt(e, fields, isHeartbeat, out var sentAt))
        {
            if (_resumed && sentAt.UnixUs + sentAt.GranularityUs <= _requestedUs)
            {
                // Its delay is that of the outage, which reconnect_time tells; among latencies it would drown the live ones.
                recorder.Count(Counter.EventsReplayed);
                Volatile.Write(ref _replayed, _replayed + 1);
                _bursts.Forget();
                return;
            }

            if (!Latency(ref atUs, sentAt, readAt))
            {
                MeasureErrors.Count(
                    recorder, FailureReason.OutOfRange, "sent-at", plan.Settings.SentAt, Part(plan.SentAt, e, fields));
                return;
            }

            if (ReadsFreely && _bursts.IsCoalesced(sentAt, readAt, _delivery.Wall))
            {
                recorder.Count(Counter.EventsCoalesced);
            }
        }

        if (!isHeartbeat && isNew)
        {
            Fanout(e, fields, atUs);
        }
    }

    /// <summary>The stream has come to its end.</summary>
    public void Retire()
    {
        if (_bursts.LooksBuffered)
        {
            recorder.Count(Counter.StreamsBuffered);
        }
    }

    /// <param name="atUs">When the read that brought it became possible; then, when the event is taken to have arrived.</param>
    /// <returns>False when it lies more than a day away, and can be no sending time.</returns>
    private bool Latency(ref long atUs, in SentAt sentAt, long readAt)
    {
        // The stamp is that of the first byte. What was sent later may have come in between it and the end of the read: it is taken
        // to have been on its way as long as the first event of the read, but not longer than until now.
        var latency = atUs - sentAt.UnixUs;
        var isFirst = readAt != _latencyOf;
        if (latency < (isFirst ? 0 : _latency))
        {
            latency = _delivery.UnixUs(_delivery.Wall.Timestamp) - sentAt.UnixUs;
            latency = isFirst ? latency : Math.Min(latency, _latency);
        }

        if (isFirst)
        {
            (_latencyOf, _latency) = (readAt, Math.Max(latency, 0));
        }

        switch (latency)
        {
            case > DayUs or < -DayUs:
                return false;
            case < 0:
                recorder.Count(Counter.ClockErrors);
                _delivery.ClockError(-latency);
                break;
            default:
                atUs = sentAt.UnixUs + latency;
                recorder.RecordMicroseconds(Timing.DeliveryLatency, latency);
                break;
        }

        return true;
    }

    private bool TryReadSentAt(in SseEvent e, ReadOnlySpan<JsonField> fields, bool isHeartbeat, out SentAt sentAt)
    {
        var problem = plan.SentAt == MeasurePlan.Id
            ? FromId(e, out sentAt)
            : FromData(fields[plan.SentAt], e.Data, out sentAt);
        if (problem is { } reason && !isHeartbeat)
        {
            MeasureErrors.Count(recorder, reason, "sent-at", plan.Settings.SentAt, Part(plan.SentAt, e, fields));
        }

        return problem is null;
    }

    private FailureReason? FromId(in SseEvent e, out SentAt sentAt)
    {
        // Without an id of its own an event would be as old as the last one that had one.
        if (!e.HasOwnId || e.LastEventId.IsEmpty)
        {
            sentAt = default;
            return FailureReason.MissingField;
        }

        return SentAtReader.ReadId(e.LastEventId, plan.SentAtFormat, out sentAt);
    }

    private FailureReason? FromData(in JsonField field, ReadOnlySpan<byte> data, out SentAt sentAt)
    {
        switch (field.Kind)
        {
            case JsonFieldKind.Number:
                return SentAtReader.Read(field.In(data), plan.SentAtFormat, isNumber: true, out sentAt);
            case JsonFieldKind.Text when !field.IsEscaped:
                return SentAtReader.Read(field.In(data), plan.SentAtFormat, isNumber: false, out sentAt);
            case JsonFieldKind.Text:
                return FromEscaped(data.Slice(field.Start - 1, field.Length + 2), out sentAt);
            default:
                sentAt = default;
                return field.Kind == JsonFieldKind.Missing ? FailureReason.MissingField : FailureReason.WrongType;
        }
    }

    // Some serializers write the '+' of a time zone as \u002B.
    private FailureReason? FromEscaped(ReadOnlySpan<byte> quoted, out SentAt sentAt)
    {
        const int longest = 256;
        if (quoted.Length > longest)
        {
            sentAt = default;
            return FailureReason.WrongType;
        }

        Span<byte> text = stackalloc byte[longest];
        var reader = new Utf8JsonReader(quoted);
        try
        {
            reader.Read();
            return SentAtReader.Read(text[..reader.CopyString(text)], plan.SentAtFormat, isNumber: false, out sentAt);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is good JSON and no text.
            sentAt = default;
            return FailureReason.WrongType;
        }
    }

    /// <summary>Events without a number of their own cannot be told apart, and are left out.</summary>
    private void Fanout(in SseEvent e, ReadOnlySpan<JsonField> fields, long atUs)
    {
        var number = plan.Sequence >= 0 ? Part(plan.Sequence, e, fields) : Part(e.HasOwnId ? MeasurePlan.Id : MeasurePlan.Nowhere, e, fields);
        if (!number.IsEmpty)
        {
            _delivery.Received(
                FanoutKey.Of(recorder.FanoutSeed, Part(plan.Key, e, fields), number, Part(plan.SentAt, e, fields)), atUs);
        }
    }

    private static ReadOnlySpan<byte> Part(int source, in SseEvent e, ReadOnlySpan<JsonField> fields) => source switch
    {
        MeasurePlan.Nowhere => default,
        MeasurePlan.Id => e.LastEventId,
        _ => fields[source].In(e.Data),
    };
}
