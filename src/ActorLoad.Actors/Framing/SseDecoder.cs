namespace ActorLoad.Actors.Framing;

/// <summary>Placeholder of the decoder's public face; the implementation follows.</summary>
public sealed class SseDecoder
{
    public const long MaxRetryMs = 24L * 3600 * 1000;

    public SseDecoder(ISseHandler handler, int maxLine, int maxEvent, ReadOnlySpan<byte> lastEventId)
    {
        _ = (handler, maxLine, maxEvent, lastEventId.Length);
    }

    /// <summary>Decodes the next bytes of the stream; any split is fine.</summary>
    /// <exception cref="SseLimitException">A line or an event exceeded its limit; the decoder is of no further use.</exception>
    public void Feed(ReadOnlySpan<byte> bytes) => _ = bytes.Length;
}
