using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>
/// A run of IP addresses as <c>source-addresses</c> names them: a single one (IPv4 or IPv6), <c>first-last</c>, or a CIDR
/// block, the latter two for IPv4. A block of more than two leaves out its network and broadcast address.
/// </summary>
public sealed class AddressRange
{
    /// <summary>More local addresses than a run could need; a mistyped prefix length must not fill the memory.</summary>
    public const int MaxCount = 65_536;

    private readonly IPAddress? _single;
    private readonly uint _first;

    private AddressRange(IPAddress single) => (_single, Family, Count) = (single, single.AddressFamily, 1);

    private AddressRange(uint first, int count) => (_first, Family, Count) = (first, AddressFamily.InterNetwork, count);

    public AddressFamily Family { get; }

    public int Count { get; }

    public IPAddress this[int index] => _single ?? FromNumber(_first + (uint)index);

    /// <returns>Null when the text is none of the forms, runs backwards, or names more than <see cref="MaxCount"/> addresses.</returns>
    public static AddressRange? Parse(string text)
    {
        text = text.Trim();
        if (text.IndexOf('/') is > 0 and var slash)
        {
            return IPNetwork.TryParse(text, out var block) && block.BaseAddress.AddressFamily == AddressFamily.InterNetwork && IsPlain(text[..slash])
                ? OfBlock(ToNumber(block.BaseAddress), block.PrefixLength)
                : null;
        }

        if (text.IndexOf('-') is > 0 and var dash)
        {
            return Parse4(text[..dash]) is { } first && Parse4(text[(dash + 1)..]) is { } last && first <= last && last - first < MaxCount
                ? new AddressRange(first, (int)(last - first) + 1)
                : null;
        }

        return Parse4(text) is { } number
            ? new AddressRange(number, 1)
            : IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !text.StartsWith('[')
                ? new AddressRange(address)
                : null;
    }

    private static AddressRange? OfBlock(uint network, int prefix)
    {
        var size = 1L << (32 - prefix);
        return size switch
        {
            > MaxCount => null,
            <= 2 => new AddressRange(network, (int)size),
            _ => new AddressRange(network + 1, (int)size - 2),
        };
    }

    private static uint? Parse4(string text) => IsPlain(text.Trim()) && IPAddress.TryParse(text.Trim(), out var address) ? ToNumber(address) : null;

    // "127.1" and "0x7f000001" are addresses to the runtime; here they are more likely typing errors.
    private static bool IsPlain(string text) => text.Split('.') is { Length: 4 } parts && parts.All(p => p.Length is > 0 and < 4 && p.All(char.IsAsciiDigit));

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress FromNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
