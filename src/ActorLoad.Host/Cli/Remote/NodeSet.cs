using ActorLoad.Host.Admin;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>Several nodes of one cluster: any of them can answer, and one that does not is passed over.</summary>
internal sealed class NodeSet : IDisposable
{
    private readonly IReadOnlyList<NodeClient> _clients;
    private int _at;

    /// <param name="timeout">For one answer of one node.</param>
    public NodeSet(IReadOnlyList<Uri> nodes, string? token, TimeSpan timeout) => _clients = [.. nodes.Select(n => new NodeClient(n, token, timeout))];

    /// <summary>Asks the node that answered last, and when it fails the others.</summary>
    /// <exception cref="NodeException">A node refuses, or all of them failed: what the last one said.</exception>
    public async Task<T> AskAsync<T>(Func<NodeClient, Task<T>> ask)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await ask(_clients[_at]).ConfigureAwait(false);
            }
            catch (NodeException e) when (e.IsOfTheNode)
            {
                _at = (_at + 1) % _clients.Count;
                if (tried == _clients.Count)
                {
                    throw;
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }
}
