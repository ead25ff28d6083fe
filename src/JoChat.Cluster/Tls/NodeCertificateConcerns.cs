namespace JoChat.Cluster;

/// <summary>What an operator should see to about the certificates of a node.</summary>
[Flags]
public enum NodeCertificateConcerns
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The node's expires within <see cref="NodeCertificate.Notice"/>.</summary>
    ExpiresSoon = 1,

    /// <summary>The node's has expired: no other node takes a connection of it any more.</summary>
    Expired = 2,

    /// <summary>The authority's expires within <see cref="NodeCertificate.Notice"/>.</summary>
    AuthorityExpiresSoon = 4,

    /// <summary>The authority's has expired: no node takes a connection of another.</summary>
    AuthorityExpired = 8,

    /// <summary>Others than the owner of the private key's file may read that, or write to it.</summary>
    KeyIsExposed = 16,
}
