using System.Globalization;
using System.Net.Sockets;

namespace ActorLoad.Host.Node;

/// <summary>Why a node cannot listen where it should, in terms of its options.</summary>
internal static class NodeBindings
{
    /// <returns>Null when no socket is to blame.</returns>
    public static NodeStartException? OfRemoting(NodeOptions node, Exception e) => Find(e) is { } socket
        ? new NodeStartException(
            IsAboutPort(socket.SocketErrorCode)
                ? string.Create(CultureInfo.InvariantCulture, $"--port {node.Port}: {Text(socket)}")
                : $"--hostname {node.Hostname}: {Text(socket)}",
            e)
        : null;

    /// <returns>Null when no socket is to blame.</returns>
    public static NodeStartException? OfHttp(NodeOptions node, Exception e) => Find(e) is { } socket
        ? new NodeStartException(string.Create(CultureInfo.InvariantCulture, $"--http {node.HttpHost}:{node.HttpPort}: {Text(socket)}"), e)
        : null;

    private static bool IsAboutPort(SocketError error) => error is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;

    private static string Text(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "address already in use; another node on this machine needs ports of its own",
        SocketError.AddressNotAvailable => "no address of this machine",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name has no address",
        SocketError.AccessDenied => "this user may not listen there",
        _ => e.Message,
    };

    private static SocketException? Find(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket,
        AggregateException many => many.InnerExceptions.Select(Find).FirstOrDefault(s => s is not null),
        _ => Find(e.InnerException),
    };
}
