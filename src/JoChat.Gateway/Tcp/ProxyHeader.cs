using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace JoChat.Gateway;

/// <summary>The header by which a proxy tells whose connection it passes on: version 2 of the PROXY protocol
/// (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt, 2.2).</summary>
internal static class ProxyHeader
{
    private const int FixedBytes = 16, LongestRest = 4096;
    private const byte Local = 0x20, Proxied = 0x21; // version 2 and the command
    private const byte TcpOverIPv4 = 0x11, TcpOverIPv6 = 0x21;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header at the beginning of a connection.</summary>
    /// <param name="input">What has come so far; goes on behind the header if there is one.</param>
    /// <param name="client">The client that the header names; null if it names none.</param>
    public static ProxyHeaderStatus Read(ref ReadOnlySequence<byte> input, out IPEndPoint? client)
    {
        client = null;
        Span<byte> start = stackalloc byte[FixedBytes];
        var length = (int)Math.Min(input.Length, FixedBytes);
        input.Slice(0, length).CopyTo(start);
        var compared = Math.Min(length, Signature.Length);
        if (!start[..compared].SequenceEqual(Signature[..compared])) { return ProxyHeaderStatus.None; }
        if (length < FixedBytes) { return ProxyHeaderStatus.Incomplete; }

        var rest = BinaryPrimitives.ReadUInt16BigEndian(start[14..]);
        if (start[12] is not (Local or Proxied) || rest > LongestRest) { return ProxyHeaderStatus.Invalid; }
        if (input.Length < FixedBytes + rest) { return ProxyHeaderStatus.Incomplete; }
        var addresses = input.Slice(FixedBytes, rest).ToArray();
        input = input.Slice(FixedBytes + rest);
        var size = start[13] switch { TcpOverIPv4 => 4, TcpOverIPv6 => 16, _ => 0 };
        if (start[12] == Local || size == 0) { return ProxyHeaderStatus.Read; }
        if (addresses.Length < 2 * (size + sizeof(ushort))) { return ProxyHeaderStatus.Invalid; }
        client = new IPEndPoint(
            new IPAddress(addresses.AsSpan(0, size)), BinaryPrimitives.ReadUInt16BigEndian(addresses.AsSpan(2 * size)));
        return ProxyHeaderStatus.Read;
    }
}

/// <summary>What came of looking for the header.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>There may be one; more is needed.</summary>
    Incomplete,

    /// <summary>There is none.</summary>
    None,

    /// <summary>It was read.</summary>
    Read,

    /// <summary>It is not as it should be.</summary>
    Invalid,
}
