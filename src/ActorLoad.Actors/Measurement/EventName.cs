namespace ActorLoad.Actors.Measurement;

/// <summary>Compares event names as bytes; an event without a name is called <c>message</c>.</summary>
internal static class EventName
{
    public static bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> expected) =>
        type.SequenceEqual(expected) || (type.IsEmpty && "message"u8.SequenceEqual(expected));
}
