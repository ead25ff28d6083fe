using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The actors that own a store in this process.</summary>
internal static class LocalWriter
{
    /// <summary>Starts them as children of an actor.</summary>
    /// <param name="context">The actor.</param>
    /// <param name="store">It is theirs until both have stopped.</param>
    /// <param name="reader">The store's; theirs from here on.</param>
    /// <param name="options">How writes are batched.</param>
    /// <param name="time">The clock that dates messages.</param>
    /// <param name="logger">Where faults are told.</param>
    /// <param name="metrics">Measures them; null if nothing is measured.</param>
    public static (IActorRef Persistence, IActorRef Reader) Start(
        IActorContext context, IChatStore store, IChatReader reader, Changeable<PersistenceOptions> options,
        TimeProvider time, ILogger logger, ActorMetrics? metrics = null)
    {
        var readerActor = context.ActorOf(ReaderActor.Props(reader, logger), "reader");
        var persistence = context.ActorOf(
            PersistenceActor.Props(store, readerActor, options, time, logger, metrics), "persistence");
        metrics?.Watch(persistence, readerActor);
        return (persistence, readerActor);
    }
}
