namespace ActorLoad.Program.Tests.Node.Network;

/// <summary>One host of a <see cref="PrivateNetwork"/>.</summary>
/// <param name="SetLink">Pulls its plug out of the bridge, or puts it in again.</param>
internal sealed record PrivateHost(NetworkNamespace Namespace, string Address, Action<bool> SetLink)
{
    public void Cut() => SetLink(false);

    public void Heal() => SetLink(true);

    /// <summary>Whether a connection from here comes about within this time.</summary>
    public Task<bool> ReachesAsync(string address, int port, TimeSpan within) => Namespace.ReachesAsync(address, port, within);
}
