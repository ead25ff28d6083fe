using System.Globalization;
using Akka.Configuration;
using JoChat.Actors;

namespace JoChat.Cluster;

/// <summary>The settings of Akka.NET for a node: what its options say, above what all nodes have in common.</summary>
internal static class ClusterConfiguration
{
    /// <summary>What makes a node of an actor system.</summary>
    /// <param name="options">What the node is.</param>
    /// <param name="tls">How nodes know each other; null: they do not.</param>
    public static ActorSystemExtension Extend(ClusterOptions options, RemoteTls? tls) => new(
        tls is null ? [] : [tls.Config],
        [
            ConfigurationFactory.ParseString(Text(options, tls is null ? "akka.tcp" : "akka" + RemoteTls.Scheme)),
            FromResource("cluster.conf"),
            FromResource("link.conf"),
        ],
        tls is null ? [] : [tls.Setup]);

    private static Config FromResource(string name) =>
        ConfigurationFactory.FromResource(name, typeof(ClusterConfiguration).Assembly);

    // A first seed node that starts while it is cut off makes a cluster of its own. With three seed nodes it is no member of it
    // before another one is: it does not take the writer away from the others.
    private static string Text(ClusterOptions options, string scheme) => string.Create(CultureInfo.InvariantCulture, $$"""
        akka {
          remote.dot-netty.tcp { hostname = "{{options.Host}}", port = {{options.Port}} }
          cluster {
            roles = [{{string.Join(", ", Roles(options))}}]
            min-nr-of-members = {{(options.SeedNodes.Count + 1) / 2}}
            seed-nodes = [{{string.Join(", ", options.SeedNodes.Select(node =>
                $"\"{scheme}://{ActorSystemStart.SystemName}@{node}\""))}}]
          }
        }
        """);

    private static IEnumerable<string> Roles(ClusterOptions options)
    {
        if (options.IsStore) { yield return ClusterRoles.Store; }
        if (options.IsGateway) { yield return ClusterRoles.Gateway; }
    }
}
