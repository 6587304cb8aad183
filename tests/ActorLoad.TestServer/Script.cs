using System.Text;

namespace ActorLoad.TestServer;

/// <summary>
/// What the server does on one connection, step by step. Each method returns a longer script and leaves this one as it is.
/// A script that ends without another word closes the connection (FIN). Text is sent as UTF-8.
/// </summary>
public sealed class Script
{
    private readonly Func<ServerConnection, CancellationToken, Task>[] _actions;

    private Script(Func<ServerConnection, CancellationToken, Task>[] actions) => _actions = actions;

    /// <summary>Does nothing but close the connection.</summary>
    public static Script Empty { get; } = new([]);

    /// <summary>Starts with reading one request, which appears in <see cref="ScriptedServer.Requests"/>.</summary>
    public static Script OnRequest() => Empty.ReadRequest();

    public Script ReadRequest() => Then((c, token) => c.ReadRequestAsync(token));

    public Script Send(byte[] bytes) => Then((c, token) => c.SendAsync(bytes, token));

    public Script Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Each byte in a send of its own; the socket does not gather them.</summary>
    public Script SendByteByByte(byte[] bytes) => SendEach(bytes.Select(b => new[] { b }));

    /// <summary>Each piece in a send of its own.</summary>
    public Script SendEach(IEnumerable<byte[]> pieces)
    {
        var all = pieces.ToArray();
        return Then(async (c, token) =>
        {
            foreach (var piece in all)
            {
                await c.SendAsync(piece, token).ConfigureAwait(false);
            }
        });
    }

    /// <summary>The same piece again and again, until the client goes away.</summary>
    public Script SendEndlessly(byte[] piece) => Then(async (c, token) =>
    {
        while (true)
        {
            await c.SendAsync(piece, token).ConfigureAwait(false);
        }
    });

    public Script WaitFor(Gate gate) => Then((_, token) => gate.WaitAsync(token));

    /// <summary>Tells the test that the script has come this far.</summary>
    public Script Open(Gate gate) => Then((_, _) =>
    {
        gate.Open();
        return Task.CompletedTask;
    });

    /// <summary>FIN.</summary>
    public Script Close() => Then((c, token) => c.CloseAsync(token));

    /// <summary>RST. What the client has not read yet may be lost: let it tell, and wait for a gate first.</summary>
    public Script Reset() => Then((c, _) =>
    {
        c.Reset();
        return Task.CompletedTask;
    });

    /// <summary>Leaves the connection open and silent until the client goes away.</summary>
    public Script KeepOpen() => Then((c, token) => c.WaitForClientToLeaveAsync(token));

    internal async Task RunAsync(ServerConnection connection, CancellationToken cancellation)
    {
        foreach (var action in _actions)
        {
            await action(connection, cancellation).ConfigureAwait(false);
        }
    }

    private Script Then(Func<ServerConnection, CancellationToken, Task> action) => new([.. _actions, action]);
}
