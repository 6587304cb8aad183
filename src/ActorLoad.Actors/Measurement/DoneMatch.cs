using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Measurement;

/// <summary>Recognises the event after which a finite stream is complete, on its bytes. Immutable and thread-safe.</summary>
public sealed class DoneMatch(DoneMarker marker)
{
    private readonly byte[]? _data = marker.Data is null ? null : Encoding.UTF8.GetBytes(marker.Data);
    private readonly byte[]? _event = marker.Event is null ? null : Encoding.UTF8.GetBytes(marker.Event);

    public bool Matches(in SseEvent e) =>
        (_data is null || e.Data.SequenceEqual(_data)) && (_event is null || EventName.Is(e.Type, _event));
}
