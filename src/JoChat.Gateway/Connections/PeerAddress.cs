using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>Tells clients apart by the addresses of their sockets.</summary>
internal static class PeerAddress
{
    /// <summary>The client at an address; null for a socket without one.</summary>
    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null) { return default; }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return plain.AddressFamily is AddressFamily.InterNetwork
            ? ClientAddress.OfVersion4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : ClientAddress.OfVersion6(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
