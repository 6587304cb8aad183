namespace ActorLoad.Host.Admin.Runs;

/// <summary>Nobody answered for the cluster in time.</summary>
internal sealed class NoCoordinatorException() : Exception("there is no coordinator at the moment");
