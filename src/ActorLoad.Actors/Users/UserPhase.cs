namespace ActorLoad.Actors.Users;

/// <summary>The phases of a user's life; the table above <see cref="UserActor"/> has the transitions.</summary>
internal enum UserPhase
{
    Starting,
    Thinking,
    Working,
    Stopping,
}
