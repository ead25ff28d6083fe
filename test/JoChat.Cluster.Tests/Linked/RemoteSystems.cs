using Akka.Configuration;
using JoChat.Actors;

namespace JoChat.Cluster.Tests;

/// <summary>Actor systems that reach each other by Akka.Remote on this machine.</summary>
internal static class RemoteSystems
{
    public static Config LinkConfig { get; } = ConfigurationFactory.FromResource("link.conf", typeof(GatewayLink).Assembly);

    public static Config Config { get; } = ConfigurationFactory.ParseString("""
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """)
        .WithFallback(LinkConfig)
        .WithFallback(ConfigurationFactory.FromResource("akka.conf", typeof(ChatService).Assembly));

    public static ActorSystem Start(string name) => ActorSystem.Create(name, Config);

    /// <summary>An actor of one system, as another system reaches it.</summary>
    public static ActorSelection Reach(IActorRef actor, ActorSystem of, ActorSystem from) =>
        from.ActorSelection(actor.Path.ToStringWithAddress(((ExtendedActorSystem)of).Provider.DefaultAddress));
}
