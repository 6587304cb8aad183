namespace ActorLoad.Messages.Scenarios;

/// <summary>What the loss of a worker does to the run.</summary>
public enum WorkerLossAction
{
    /// <summary>The other workers take its share.</summary>
    Redistribute,

    /// <summary>The run goes on with fewer users.</summary>
    Continue,

    /// <summary>The run ends as failed.</summary>
    Fail,
}
