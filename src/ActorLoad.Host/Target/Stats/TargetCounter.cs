namespace ActorLoad.Host.Target.Stats;

/// <summary>The target's plain counters; streams' ends, faults and statuses have arrays of their own.</summary>
internal enum TargetCounter
{
    ConnectionsAccepted,
    StreamsOpened,
    StreamsResumed,
    ResumesUnknown,
    ResumesGap,
    EventsSent,
    CommentsSent,
    BytesSent,
    ChatMessages,
    ChatPresences,
    JobsCreated,
    JobsDone,
    CompletionsWhole,
    CompletionsStreamed,
    CompletionsDone,
    CompletionTokens,
    WritesBlocked,
}
