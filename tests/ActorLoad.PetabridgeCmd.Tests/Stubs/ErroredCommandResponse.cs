namespace Petabridge.Cmd;

public sealed class ErroredCommandResponse(string text, bool final = true) : CommandResponse(text, final);
