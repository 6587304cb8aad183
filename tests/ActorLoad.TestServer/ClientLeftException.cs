namespace ActorLoad.TestServer;

/// <summary>The client closed its connection where the script wanted to read a request; no fault of the script.</summary>
public sealed class ClientLeftException() : IOException("The client closed the connection.");
