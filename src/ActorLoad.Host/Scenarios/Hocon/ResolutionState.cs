namespace ActorLoad.Host.Scenarios.Hocon;

internal enum ResolutionState
{
    Open,
    InProgress,
    Done,
}
