namespace JoChat.Cluster;

/// <summary>What a process is in a cluster, and where the others are. Hosts are IPv4 addresses or names.</summary>
public sealed record ClusterOptions
{
    /// <summary>Whether the writer may run here.</summary>
    public required bool IsStore { get; init; }

    /// <summary>Whether no other node may be a store, because what this one writes to is its own.</summary>
    public bool IsOnlyStore { get; init; }

    /// <summary>Whether clients connect here.</summary>
    public required bool IsGateway { get; init; }

    /// <summary>Where the others reach this node, and at which it listens.</summary>
    public required string Host { get; init; }

    /// <summary>The port of it.</summary>
    public required int Port { get; init; }

    /// <summary>The files by which nodes know each other; null: nothing is encrypted, and whoever reaches the port can do what
    /// a node can.</summary>
    public NodeFiles? Files { get; init; }

    /// <summary>Whom a node asks to become a member, as <c>host:port</c>. The first of them makes the cluster, if it finds
    /// none at the others.</summary>
    public required IReadOnlyList<string> SeedNodes { get; init; }
}
