using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace JoChat.Actors;

/// <summary>Where a client comes from, as far as it tells clients apart: an IPv4 address, or the first 64 bits of an
/// IPv6 address, of which one customer has all the others (RFC 6177).</summary>
public readonly record struct ClientAddress
{
    private readonly UInt128 _network; // an IPv4 address is mapped into IPv6 (RFC 4291, 2.5.5.2)

    private ClientAddress(UInt128 network) => _network = network;

    /// <summary>The address of a client.</summary>
    /// <param name="address">Null for a client without one, as on a socket of the machine itself; those are one.</param>
    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null) { return default; }
        var bytes = address.MapToIPv6().GetAddressBytes();
        var isVersion4 = address.AddressFamily is AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        if (!isVersion4) { bytes.AsSpan(8).Clear(); }
        return new ClientAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>For people: <c>203.0.113.7</c>, <c>2001:db8::/64</c>.</summary>
    public override string ToString()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _network);
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : $"{address}/64";
    }
}
