namespace ActorLoad.Program.Tests.Node.Network;

/// <summary>
/// Hosts with an address each, joined by veth pairs through a bridge; all of it in namespaces of its own, out of reach of the
/// machine's other networks and they of it.
/// </summary>
internal sealed class PrivateNetwork : IDisposable
{
    private readonly NetworkNamespace _hub = NetworkNamespace.Create();
    private readonly List<PrivateHost> _hosts = [];

    /// <exception cref="InvalidOperationException">The machine does not permit it.</exception>
    public PrivateNetwork(int hosts)
    {
        try
        {
            _hub.Ip("link", "add", "name", "bridge", "type", "bridge", "forward_delay", "0");
            _hub.Ip("addr", "add", $"{HubAddress}/24", "dev", "bridge");
            _hub.Ip("link", "set", "dev", "bridge", "up");
            for (var i = 0; i < hosts; i++)
            {
                Join(i);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Null where namespaces, bridges and veth pairs can be made, else why not.</summary>
    public static string? Problem { get; } = FindProblem();

    public IReadOnlyList<PrivateHost> Hosts => _hosts;

    /// <summary>The namespace with the bridge: what runs here is reached by all hosts whose link is up.</summary>
    public NetworkNamespace Hub => _hub;

    public static string HubAddress => "10.99.0.254";

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            host.Namespace.Dispose();
        }

        _hub.Dispose();
    }

    private static string? FindProblem()
    {
        try
        {
            using var network = new PrivateNetwork(1);
            return null;
        }
        catch (Exception e)
        {
            return $"this machine permits no network namespaces (root or CAP_NET_ADMIN, ip and unshare are needed): {e.Message}";
        }
    }

    private void Join(int index)
    {
        var port = $"port{index}";
        var host = new PrivateHost(NetworkNamespace.Create(), $"10.99.0.{index + 1}", up => _hub.Ip("link", "set", "dev", port, up ? "up" : "down"));
        _hosts.Add(host);
        _hub.Ip("link", "add", "name", port, "type", "veth", "peer", "name", "eth0", "netns", host.Namespace.Holder);
        _hub.Ip("link", "set", "dev", port, "master", "bridge", "up");
        host.Namespace.Ip("addr", "add", $"{host.Address}/24", "dev", "eth0");
        host.Namespace.Ip("link", "set", "dev", "eth0", "up");
    }
}
