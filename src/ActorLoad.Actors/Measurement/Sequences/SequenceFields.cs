using System.Runtime.CompilerServices;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>Takes an event's number, and the key of its sequence, from where the plan says. Methods return what is wrong, null when nothing is.</summary>
internal static class SequenceFields
{
    /// <param name="text">Where the number was looked for, to be quoted.</param>
    public static FailureReason? ReadNumber(
        MeasurePlan plan, in SseEvent e, ReadOnlySpan<JsonField> fields, out ReadOnlySpan<byte> text, out long number)
    {
        if (plan.Sequence == MeasurePlan.Id)
        {
            // Without an id line of its own an event only shows the id of one before it.
            text = e.HasOwnId ? e.LastEventId : default;
            number = 0;
            return text.IsEmpty ? FailureReason.MissingField : SequenceText.ReadText(text, out number);
        }

        var field = fields[plan.Sequence];
        text = field.In(e.Data);
        number = 0;
        return field.Kind switch
        {
            JsonFieldKind.Missing or JsonFieldKind.Null => FailureReason.MissingField,
            JsonFieldKind.Number => SequenceText.ReadNumber(text, out number),
            JsonFieldKind.Text when field.IsEscaped => ReadEscaped(field, e.Data, out number),
            JsonFieldKind.Text => SequenceText.ReadText(text, out number),
            _ => FailureReason.WrongType,
        };
    }

    /// <param name="text">Where the key was looked for, to be quoted.</param>
    /// <param name="key">0 when the plan knows no keys.</param>
    public static FailureReason? ReadKey(
        MeasurePlan plan, in SseEvent e, ReadOnlySpan<JsonField> fields, ref SequenceKeys? keys, out ReadOnlySpan<byte> text, out int key)
    {
        text = default;
        key = 0;
        if (plan.Key < 0)
        {
            return null;
        }

        var field = fields[plan.Key];
        text = field.In(e.Data);
        switch (field.Kind)
        {
            case JsonFieldKind.Missing:
                return FailureReason.MissingField;
            case JsonFieldKind.Compound:
                return FailureReason.WrongType;
        }

        keys ??= new SequenceKeys();
        if (field.IsEscaped)
        {
            return ReadEscapedKey(field, e.Data, keys, out key);
        }

        key = keys.IndexOf(text);
        return key < 0 ? FailureReason.OutOfRange : null;
    }

    // Apart, so that the usual event does not pay for the room.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FailureReason? ReadEscaped(JsonField field, ReadOnlySpan<byte> data, out long number)
    {
        number = 0;
        return field.TryGetValue(data, stackalloc byte[JsonField.MaxEscaped], out var value)
            ? SequenceText.ReadText(value, out number)
            : FailureReason.WrongType;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FailureReason? ReadEscapedKey(JsonField field, ReadOnlySpan<byte> data, SequenceKeys keys, out int key)
    {
        key = 0;
        if (!field.TryGetValue(data, stackalloc byte[JsonField.MaxEscaped], out var value))
        {
            return FailureReason.WrongType;
        }

        key = keys.IndexOf(value);
        return key < 0 ? FailureReason.OutOfRange : null;
    }
}
