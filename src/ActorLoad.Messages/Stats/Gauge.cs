namespace ActorLoad.Messages.Stats;

/// <summary>Levels rather than sums; a window carries the level at its end and the highest level within it.</summary>
public enum Gauge
{
    UsersActive,
    StreamsOpen,
}
