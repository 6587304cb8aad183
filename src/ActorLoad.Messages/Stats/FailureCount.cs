using ActorLoad.Messages.Failures;

namespace ActorLoad.Messages.Stats;

/// <summary>Failures of one kind, with the text of one of them. A sample never carries headers, query strings or bodies.</summary>
public sealed record FailureCount(FailureWhere Where, FailureReason Reason, long Count, string Sample);
