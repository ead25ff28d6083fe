using System.Globalization;
using System.Net;

namespace JoChat.Gateway;

/// <summary>What the process is: alone, or a node of a cluster.</summary>
internal sealed record ClusterSettings
{
    private const string Root = "cluster";
    private const string HostKey = Root + ".host", SeedNodesKey = Root + ".seed-nodes", TlsKey = Root + ".tls";

    /// <summary>What it is.</summary>
    public ClusterRole Role { get; init; }

    /// <summary>The IPv4 address or name at which the other nodes reach it.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port of it.</summary>
    public int Port { get; init; } = 5590;

    /// <summary>Whom it asks for the cluster: <c>host:port</c>, separated by commas.</summary>
    public string SeedNodes { get; init; } = "";

    /// <summary>The same, one by one.</summary>
    public IReadOnlyList<string> SeedNodeList =>
        SeedNodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its certificate, key and authority, each a PEM file; empty: nothing is encrypted.</summary>
    public string Certificate { get; init; } = "";

    /// <inheritdoc cref="Certificate"/>
    public string Key { get; init; } = "";

    /// <inheritdoc cref="Certificate"/>
    public string Authority { get; init; } = "";

    /// <summary>Whether the nodes encrypt what they tell each other, and know each other.</summary>
    public bool HasTls => Certificate.Length > 0;

    /// <summary>Whether clients connect to it.</summary>
    public bool IsGateway => Role is not ClusterRole.Store;

    /// <summary>Whether it may write to the store.</summary>
    public bool IsStore => Role is not ClusterRole.Gateway;

    /// <summary>Reads the settings.</summary>
    public static ClusterSettings Read(SettingReader reader)
    {
        var standard = new ClusterSettings();
        var read = new ClusterSettings
        {
            Role = reader.Choice(Root + ".role", standard.Role),
            Host = reader.Text(HostKey, standard.Host),
            Port = reader.Number(Root + ".port", standard.Port, 1, ushort.MaxValue),
            SeedNodes = reader.Text(SeedNodesKey, standard.SeedNodes),
            Certificate = reader.Text(TlsKey + ".certificate", ""),
            Key = reader.Text(TlsKey + ".key", ""),
            Authority = reader.Text(TlsKey + ".authority", ""),
        };
        if (read.Role is not ClusterRole.Alone) { read.NoteFaults(reader); }
        return read;
    }

    private void NoteFaults(SettingReader reader)
    {
        if (!IsHost(Host))
        {
            reader.NoteFault(HostKey, $"expected the IPv4 address or name at which the other nodes reach this one, came \"{Host}\"");
        }
        if (SeedNodeList.Count == 0)
        {
            reader.NoteFault(SeedNodesKey, $"is missing: whom a node asks for the cluster, such as \"{this}\"");
        }
        foreach (var node in SeedNodeList.Where(node => !IsAddress(node)))
        {
            reader.NoteFault(SeedNodesKey, $"expected host:port, separated by commas, came \"{node}\"");
        }
        string[] files = [Certificate, Key, Authority];
        if (files.Any(file => file.Length > 0) && files.Any(file => file.Length == 0))
        {
            reader.NoteFault(TlsKey, "needs all three of certificate, key and authority");
        }
        else if (!HasTls && !IsLoopback(Host))
        {
            reader.NoteFault(HostKey, $"{Host} needs {TlsKey}, or whoever reaches it could read and send all that nodes tell "
                + "each other; jochat-gateway cluster-ca makes the files");
        }
    }

    /// <summary>The node, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static bool IsAddress(string node) =>
        node.LastIndexOf(':') is > 0 and var colon && IsHost(node[..colon])
        && ushort.TryParse(node[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;

    // Not one that stands for all of a machine's, at which others could not reach it; nor one of IPv6, which Akka.Remote
    // does not write as it reads it.
    private static bool IsHost(string host) =>
        Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 && host != IPAddress.Any.ToString();

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>What a process is.</summary>
internal enum ClusterRole
{
    /// <summary>All of it, in one process.</summary>
    Alone,

    /// <summary>A node to which clients connect.</summary>
    Gateway,

    /// <summary>A node that may write to the store.</summary>
    Store,

    /// <summary>Both.</summary>
    Both,
}
