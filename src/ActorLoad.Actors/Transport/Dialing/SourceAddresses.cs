using System.Net;
using System.Net.Sockets;

namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>
/// The local addresses that connections start from, in turn. Each is bound without reserving a port: the kernel then picks
/// the port when it knows the target, so that every address has all its ports towards every target (ip(7),
/// IP_BIND_ADDRESS_NO_PORT; a plain bind takes the port away from all other targets at once).
/// </summary>
public sealed class SourceAddresses
{
    private const int SolIp = 0;
    private const int IpBindAddressNoPort = 24;

    private readonly AddressRange[] _ranges;
    private uint _next;

    /// <param name="ranges">At least one; all of one family.</param>
    public SourceAddresses(IEnumerable<AddressRange> ranges)
    {
        _ranges = [.. ranges];
        Count = _ranges.Sum(r => r.Count);
        Family = _ranges[0].Family;
    }

    public int Count { get; }

    public AddressFamily Family { get; }

    /// <summary>Null for none.</summary>
    /// <exception cref="InvalidDataException">A text is no range, or the families are mixed.</exception>
    public static SourceAddresses? Create(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return null;
        }

        var ranges = texts.Select(t => AddressRange.Parse(t)
            ?? throw new InvalidDataException($"'{t}' is no IP address, range or CIDR block to connect from")).ToList();
        return ranges.TrueForAll(r => r.Family == ranges[0].Family)
            ? new SourceAddresses(ranges)
            : throw new InvalidDataException("source addresses have to be all IPv4 or all IPv6");
    }

    public IPAddress Next() => At((int)(Interlocked.Increment(ref _next) % (uint)Count));

    /// <summary>A socket bound to the address.</summary>
    /// <exception cref="SocketException">This machine does not have the address.</exception>
    public static Socket Bind(IPAddress source)
    {
        var socket = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(SolIp, IpBindAddressNoPort, BitConverter.GetBytes(1));
            }

            socket.Bind(new IPEndPoint(source, 0));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="InvalidDataException">An address is not one of this machine; the message names the first such.</exception>
    public void Check()
    {
        for (var i = 0; i < Count; i++)
        {
            var address = At(i);
            try
            {
                Bind(address).Dispose();
            }
            catch (SocketException e)
            {
                throw new InvalidDataException($"this machine cannot connect from the source address {address}: {e.Message}", e);
            }
        }
    }

    private IPAddress At(int index)
    {
        foreach (var range in _ranges)
        {
            if (index < range.Count)
            {
                return range[index];
            }

            index -= range.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }
}
