using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using JoChat.Actors;
using JoChat.Link;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Cluster;

/// <summary>This process as a node of a cluster. Sessions are on gateways; the one writer is on one of the stores, wherever
/// Akka.Cluster has it run.</summary>
public sealed class ClusterNode
{
    // Leaving takes one or two seconds: the others take note of it, and the next writer begins.
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(1);

    private readonly ActorSystem _system;
    private readonly Task<string> _expelled;

    private ClusterNode(ActorSystem system, ChatService? chat, Task<string> expelled, Task<string> lost)
    {
        (_system, Chat, _expelled) = (system, chat, expelled);
        Lost = Task.WhenAny(expelled, lost).Unwrap();
    }

    /// <summary>The sessions of this node; null if it is no gateway.</summary>
    public ChatService? Chat { get; }

    /// <summary>Asks the writer, as long as it runs here; null if this is no store.</summary>
    public Administration? Administration { get; private init; }

    /// <summary>Completes, with why, when the node can be a part of the cluster no longer. It is to be stopped and started
    /// again.</summary>
    public Task<string> Lost { get; }

    /// <summary>Starts the node, which looks for its cluster from then on.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="chat">The settings of the chat service; those of Akka.NET and of hashes are read once.</param>
    /// <param name="openStore">Opens the store for the writer, if that is to run here. Whoever had it before is ended.</param>
    /// <param name="time">The clock that dates messages.</param>
    /// <param name="loggers">Where faults are told.</param>
    /// <param name="metrics">Measures it; null if nothing is measured.</param>
    /// <exception cref="InvalidDataException">The files of its certificate cannot be used.</exception>
    /// <exception cref="ActorConfigurationException">Akka.NET does not start with its settings, or the port is in use.
    /// </exception>
    public static ClusterNode Start(
        ClusterOptions options, Changeable<ChatOptions> chat, Func<IChatStore> openStore, TimeProvider time,
        ILoggerFactory loggers, NodeMetrics? metrics = null)
    {
        var certificate = options.Files is { } files ? NodeCertificate.Load(files, time) : null;
        var system = ActorSystemStart.Start(
            chat.Value, time, loggers.CreateLogger("JoChat.Akka"), ClusterConfiguration.Extend(options, certificate?.Tls),
            metrics?.Actors);
        var logger = loggers.CreateLogger("JoChat.Cluster");
        var (expelled, lost) = (NewReason(), NewReason());
        var membership = system.ActorOf(
            MembershipActor.Props(
                options.IsOnlyStore, logger, reason => expelled.TrySetResult(reason),
                reason => lost.TrySetResult(reason)),
            "membership");
        if (certificate is not null)
        {
            RemoteTls.EnsureInUse(system);
            system.ActorOf(
                CertificateActor.Props(
                    certificate, time, reason => lost.TrySetResult(reason), logger),
                "certificate");
        }
        var links = new LinkOptions();
        if (options.IsStore)
        {
            var writer = WriterActor.Props(
                openStore, chat.Of(of => of.Persistence), links, time, loggers, reason => lost.TrySetResult(reason), metrics);
            var manager = ClusterSingletonManager.Props(
                writer, WriterActor.HandOver.Instance, ClusterSingletonManagerSettings.Create(system));
            membership.Tell(new MembershipActor.Watch(system.ActorOf(manager, "writer")));
        }
        var service = options.IsGateway ? StartChat(system, membership, links, chat, time, loggers, metrics) : null;
        return new ClusterNode(system, service, expelled.Task, lost.Task)
        {
            Administration = options.IsStore
                ? new Administration(AskWriter, password => new SlowHash(chat.Value.Passwords.Iterations, []).Hash(password))
                : null,
        };

        Task<Reply> AskWriter(OperatorCommand command, TimeSpan patience) =>
            system.ActorSelection("/user/writer/singleton").Ask<Reply>(command, patience);

        static TaskCompletionSource<string> NewReason() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stops what is here: its sessions end, a writer hands over, and the node leaves the cluster, if it is a member.
    /// </summary>
    /// <returns>Whether all is stopped; else, after some seconds, it is left as by a kill.</returns>
    public async Task<bool> StopAsync()
    {
        if (Chat is not null) { await Chat.StopActorsAsync(); }
        // Who is no member has nobody to say farewell to.
        var (end, within) = _expelled.IsCompleted
            ? (_system.Terminate(), EndsWithin)
            : (CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance), LeavesWithin);
        return await Task.WhenAny(end, Task.Delay(within)) == end;
    }

    private static ChatService StartChat(
        ActorSystem system, IActorRef membership, LinkOptions links, Changeable<ChatOptions> chat, TimeProvider time,
        ILoggerFactory loggers, NodeMetrics? metrics)
    {
        var writer = system.ActorOf(
            ClusterSingletonProxy.Props("/user/writer", ClusterSingletonProxySettings.Create(system)), "writer-proxy");
        membership.Tell(new MembershipActor.Watch(writer));
        var hash = new SlowHash(chat.Value.Passwords.Iterations, []);
        var link = GatewayLink.Props(
            writer, links, hash.NoteInUse, loggers.CreateLogger("JoChat.Cluster"), metrics?.Cluster);
        return ChatService.Start(
            system,
            context =>
            {
                var actor = context.ActorOf(link, "link");
                return (actor, actor);
            },
            hash, chat, time, loggers.CreateLogger("JoChat.Actors"), metrics?.Actors);
    }
}
