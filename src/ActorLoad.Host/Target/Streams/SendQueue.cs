using System.Buffers.Binary;
using System.Net.Sockets;

namespace ActorLoad.Host.Target.Streams;

/// <summary>What the kernel still holds of what was handed to it.</summary>
internal static class SendQueue
{
    // <linux/tcp.h>: SOL_TCP, TCP_INFO, and the offsets of tcpi_unacked and tcpi_notsent_bytes in struct tcp_info.
    private const int SolTcp = 6;
    private const int TcpInfo = 11;
    private const int Unacked = 24;
    private const int NotSentBytes = 144;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits until the other side's kernel has acknowledged everything, a second at most: a reset throws away what still waits
    /// for room in the congestion window. Elsewhere than on Linux it does not wait.
    /// </summary>
    public static async Task DrainAsync(Socket socket)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!IsEmpty(socket) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    private static bool IsEmpty(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        Span<byte> info = stackalloc byte[NotSentBytes + sizeof(uint)];
        info.Clear();
        try
        {
            socket.GetRawSocketOption(SolTcp, TcpInfo, info);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has gone: nothing of it waits any more.
            return true;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(info[Unacked..]) == 0
            && BinaryPrimitives.ReadUInt32LittleEndian(info[NotSentBytes..]) == 0;
    }
}
