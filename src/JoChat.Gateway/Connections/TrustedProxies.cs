using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace JoChat.Gateway;

/// <summary>The proxies that are believed when they tell whose connection they pass on.</summary>
internal sealed class TrustedProxies
{
    private readonly IPNetwork[] _networks;

    private TrustedProxies(IPNetwork[] networks) => _networks = networks;

    public static TrustedProxies None { get; } = new([]);

    public IReadOnlyList<IPNetwork> Networks => _networks;

    /// <summary>Reads a list of addresses and networks, separated by commas.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TrustedProxies? proxies)
    {
        proxies = null;
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) { networks.Add(network); }
            else if (IPAddress.TryParse(part, out var address)) { networks.Add(new IPNetwork(address, BitsOf(address))); }
            else { return false; }
        }
        proxies = networks.Count == 0 ? None : new TrustedProxies([.. networks]);
        return true;
    }

    /// <summary>Whether an address is that of one.</summary>
    public bool Include(IPAddress? address)
    {
        if (address is null) { return false; }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.Contains(plain));
    }

    private static int BitsOf(IPAddress address) => 8 * address.GetAddressBytes().Length;
}
