using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Target.Faults;

/// <summary>One event to write.</summary>
/// <param name="Completes">The fault that is done when it is written, or null.</param>
internal readonly record struct FaultyFrame(EventFrame? Frame, FaultKind? Completes);
