using System.Net.Sockets;
using ActorLoad.Host.Node;

namespace ActorLoad.Host.Tests.Node;

/// <summary>Seeds whose names get their addresses late, or never.</summary>
public class NodeJoiningTests
{
    [Fact]
    public async Task A_name_is_asked_for_until_it_has_addresses()
    {
        var asked = 0;
        var (hosts, problem) = await NodeJoining.ResolveAsync(
            _ => ++asked switch
            {
                1 => throw new SocketException((int)SocketError.HostNotFound),
                2 => Task.FromResult<IReadOnlyList<string>>([]),
                _ => Task.FromResult<IReadOnlyList<string>>(["10.0.0.1"]),
            },
            TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        Assert.Equal((3, null), (asked, problem));
        Assert.Equal(["10.0.0.1"], hosts);
    }

    [Fact]
    public async Task A_name_that_never_has_one_is_given_up_with_the_reason()
    {
        var (hosts, problem) = await NodeJoining.ResolveAsync(
            _ => throw new SocketException((int)SocketError.HostNotFound), TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        Assert.Equal(new SocketException((int)SocketError.HostNotFound).Message, problem);
        Assert.Empty(hosts);
    }
}
