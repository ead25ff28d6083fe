namespace JoChat.Actors;

/// <summary>Where a client comes from, as far as it tells clients apart: an IPv4 address, or the first 64 bits of an
/// IPv6 address, of which one customer has all the others (RFC 6177). The default value stands for none.</summary>
public readonly record struct ClientAddress
{
    private ClientAddress(bool isVersion6, ulong bits) => (IsVersion6, Bits) = (isVersion6, bits);

    internal bool IsVersion6 { get; }

    internal ulong Bits { get; }

    /// <summary>An IPv4 address.</summary>
    public static ClientAddress OfVersion4(uint address) => new(isVersion6: false, address);

    /// <summary>The first half of an IPv6 address.</summary>
    public static ClientAddress OfVersion6(ulong network) => new(isVersion6: true, network);

    /// <summary>For people: <c>203.0.113.7</c>, <c>2001:db8:0:0::/64</c>.</summary>
    public override string ToString() => IsVersion6
        ? FormattableString.Invariant($"{Part(48):x}:{Part(32):x}:{Part(16):x}:{Part(0):x}::/64")
        : FormattableString.Invariant($"{Byte(24)}.{Byte(16)}.{Byte(8)}.{Byte(0)}");

    private ushort Part(int from) => (ushort)(Bits >> from);

    private byte Byte(int from) => (byte)(Bits >> from);
}
