using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace JoChat.Cluster;

/// <summary>Makes Akka.Remote talk to nodes of this cluster alone: with TLS, each end showing its certificate and
/// checking the other's.</summary>
/// <remarks>Where both ends are nodes they speak TLS 1.2; DotNetty knows no newer one. Akka.NET (TcpHandlers of 1.5.74) runs
/// CoordinatedShutdown of a system that connects to another and whose handshake then fails: because that is no node, or
/// because it went away just then. The process has to watch <see cref="ActorSystem.WhenTerminated"/>, and be started
/// again. A stranger that connects by itself does no such harm.</remarks>
public sealed class RemoteTls
{
    internal const string Scheme = ".ssl.tcp"; // before it stands "akka", and adapters such as those of tests

    // A certificate named in Akka's settings would win over the setup, and be checked by the system's authorities.
    private const string Settings = """
        akka.remote {
          enabled-transports = ["akka.remote.dot-netty.tcp"]
          dot-netty.tcp {
            enable-ssl = on
            ssl.certificate { path = "", use-thumbprint-over-file = off, use-thumprint-over-file = off }
          }
        }
        """;

    private readonly MemberCheck _check;

    internal RemoteTls(X509Certificate2 own, MemberCheck check)
    {
        _check = check;
        Setup = new DotNettySslSetup(own, suppressValidation: false, requireMutualAuthentication: true, IsMember);
    }

    /// <summary>Settings that must win over all others, those of the operator too.</summary>
    public Config Config { get; } = ConfigurationFactory.ParseString(Settings);

    /// <summary>The setup that goes with them: <c>BootstrapSetup.Create().WithConfig(…).And(Setup)</c>.</summary>
    public Setup Setup { get; }

    /// <summary>Makes sure that a system listens with TLS.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void EnsureInUse(ActorSystem system)
    {
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        if (!address.Protocol.EndsWith(Scheme, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{address} is without TLS.");
        }
    }

    // Akka asks at both ends; of a client that shows no certificate, it has refused already.
    private bool IsMember(
        X509Certificate2? certificate, X509Chain? chain, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        var fault = certificate is null ? "it shows no certificate" : _check.FaultOf(certificate);
        if (fault is not null) { log.Warning("{0} is no node of this cluster. Its certificate: {1}", peer, fault); }
        return fault is null;
    }
}
