namespace JoChat.Cluster;

/// <summary>Where the certificates of a node are, each alone in a PEM file.</summary>
/// <param name="Certificate">The node's.</param>
/// <param name="Key">Its private key, not locked.</param>
/// <param name="Authority">The certificate of the cluster's authority.</param>
public sealed record NodeFiles(string Certificate, string Key, string Authority);
