namespace ActorLoad.Messages.Stats;

/// <summary>Who dropped the streams of a storm.</summary>
public enum StormCause
{
    /// <summary>The scenario's <c>events-at</c>.</summary>
    Client,

    /// <summary>The other side: more than half of the open streams went within two seconds.</summary>
    Server,
}
