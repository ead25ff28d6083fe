namespace JoChat.Cluster;

/// <summary>How Akka.Cluster knows what a member is; cluster.conf names them too.</summary>
internal static class ClusterRoles
{
    public const string Store = "store";

    public const string Gateway = "gateway";
}
