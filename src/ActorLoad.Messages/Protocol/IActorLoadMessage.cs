namespace ActorLoad.Messages.Protocol;

/// <summary>Marks what may travel between nodes. Such a message consists of plain data only: no actor references, no delegates.</summary>
public interface IActorLoadMessage;
