namespace ActorLoad.Host.Target.Channels;

/// <summary>One published event, formatted once for all streams.</summary>
/// <param name="Id">Its number within the channel, from 1.</param>
/// <param name="Type">The event name.</param>
/// <param name="Bytes">The SSE text, with the blank line at the end.</param>
/// <param name="PublishedAt">When, in ms of <see cref="Environment.TickCount64"/>.</param>
/// <param name="Ends">The stream ends after this event.</param>
internal sealed record EventFrame(long Id, string Type, byte[] Bytes, long PublishedAt, bool Ends = false);
