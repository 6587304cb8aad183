namespace Petabridge.Cmd;

public class CommandResponse(string text, bool final = true)
{
    public static readonly CommandResponse Empty = new("");

    public string Text { get; } = text;

    public bool Final { get; } = final;
}
