namespace ActorLoad.Messages.Failures;

/// <summary>What failed: the <c>where</c> column of the summary's failures.</summary>
public enum FailureWhere
{
    Connect,
    Disconnect,
    Task,
    Request,
    User,
    Measure,
}
