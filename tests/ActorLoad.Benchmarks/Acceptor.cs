using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorLoad.Benchmarks;

/// <summary>
/// A server that answers everything with an open, silent event stream and costs next to nothing. Several processes may listen
/// on one port (SO_REUSEPORT), since one may not have as many files as the ports benchmark needs. Each line on its standard
/// input asks for the number of open connections.
/// </summary>
internal static class Acceptor
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;

    private static readonly byte[] Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray();

    private static int _open;

    public static async Task<int> RunAsync(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetRawSocketOption(SolSocket, SoReusePort, BitConverter.GetBytes(1));
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(4096);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        _ = AcceptAsync(listener);
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(Volatile.Read(ref _open).ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            _ = HoldAsync(await listener.AcceptAsync());
        }
    }

    private static async Task HoldAsync(Socket client)
    {
        Interlocked.Increment(ref _open);
        using (client)
        {
            try
            {
                var request = new byte[1024];
                _ = await client.ReceiveAsync(request);
                await client.SendAsync(Head);
                while (await client.ReceiveAsync(new byte[1]) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // The client is gone.
            }
        }

        Interlocked.Decrement(ref _open);
    }
}
