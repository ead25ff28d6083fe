using Akka.Actor;
using JoChat.Link;
using Microsoft.Extensions.Logging;

namespace JoChat.Cluster;

/// <summary>Whom gateways greet at the writer: it gives each a <see cref="WriterLink"/> of its own.</summary>
internal sealed class Links : ReceiveActor
{
    private long _lastNumber;

    public Links(
        IActorRef persistence, IActorRef reader, long epoch, IReadOnlyList<string> hashKinds, LinkOptions options,
        ILogger logger, ClusterMetrics? metrics) =>
        Receive<Hello>(_ =>
        {
            var name = new LinkName(++_lastNumber, epoch);
            var link = Context.ActorOf(
                WriterLink.Props(name, Sender, persistence, reader, options, logger, metrics));
            Sender.Tell(new Welcome(name, hashKinds), link);
        });

    /// <summary>How to make it.</summary>
    /// <param name="persistence">The PersistenceActor.</param>
    /// <param name="reader">The ReaderActor.</param>
    /// <param name="epoch">The writer's.</param>
    /// <param name="hashKinds">See <see cref="Welcome"/>.</param>
    /// <param name="options">The same at both ends.</param>
    /// <param name="logger">Where breaks are told.</param>
    /// <param name="metrics">Is told of the links; null if nothing is measured.</param>
    public static Props Props(
        IActorRef persistence, IActorRef reader, long epoch, IReadOnlyList<string> hashKinds, LinkOptions options,
        ILogger logger, ClusterMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new Links(persistence, reader, epoch, hashKinds, options, logger, metrics));

    // A link that fails breaks.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}
