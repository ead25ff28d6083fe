using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport.DotNetty;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>An actor system with an actor that hears what other systems say. A stranger's takes any certificate.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _heard = new();
    private readonly TaskCompletionSource<string> _failed = new();
    private readonly TaskCompletionSource<string> _warned = new();
    private readonly IActorRef _ear;

    private Node(Setup? tls, params Config[] layers)
    {
        var config = layers.Append(RemoteSystems.Config).Aggregate((over, below) => over.WithFallback(below));
        var bootstrap = BootstrapSetup.Create().WithConfig(config);
        System = ActorSystem.Create("node", tls is null ? ActorSystemSetup.Create(bootstrap) : bootstrap.And(tls));
        _ear = System.ActorOf(Props.Create(() => new Listener(_heard, _failed, _warned)), "ear");
        System.RegisterOnTermination(() => _failed.TrySetResult("the system was shut down"));
        System.EventStream.Subscribe<AssociationErrorEvent>(_ear);
        System.EventStream.Subscribe<Warning>(_ear);
    }

    public ActorSystem System { get; }

    public int Port => Address.Port!.Value;

    /// <summary>The first text that another system said.</summary>
    public Task<string> Heard => _heard.Task;

    /// <summary>Why the first connection to another system came to nothing, or that the system was shut down.</summary>
    public Task<string> Failed => _failed.Task;

    /// <summary>The first warning of a certificate.</summary>
    public Task<string> Warned => _warned.Task;

    private Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    public static Node Member(NodeCertificate certificate, string settings = "") =>
        new(certificate.Tls.Setup, certificate.Tls.Config, ConfigurationFactory.ParseString(settings));

    public static Node Plain() => new(null);

    public static Node Stranger(X509Certificate2 certificate) => new(
        new DotNettySslSetup(certificate, false, true, (_, _, _, _, _) => true),
        ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.enable-ssl = on"));

    /// <summary>Says a text to another system, once a second: Akka drops what it is told while it does not connect.</summary>
    public void Say(string text, Node to) => System.Scheduler.ScheduleTellRepeatedly(
        TimeSpan.Zero, TimeSpan.FromSeconds(1), System.ActorSelection(
            new RootActorPath(Address.WithHost("127.0.0.1").WithPort(to.Port)) / "user" / "ear"), text, ActorRefs.NoSender);

    public async ValueTask DisposeAsync() => await System.Terminate().OrFail();

    private sealed class Listener : ReceiveActor
    {
        public Listener(
            TaskCompletionSource<string> heard, TaskCompletionSource<string> failed, TaskCompletionSource<string> warned)
        {
            Receive<string>(text => heard.TrySetResult(text));
            Receive<AssociationErrorEvent>(one => failed.TrySetResult($"{one.Cause}"));
            Receive<Warning>(one =>
            {
                if ($"{one.Message}" is var text && text.Contains(" is no node of ", StringComparison.Ordinal))
                {
                    warned.TrySetResult(text);
                }
            });
        }
    }
}
