#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Messages an actor puts aside to handle later.</summary>
public interface IStash
{
    /// <summary>How many messages are put aside.</summary>
    int Count { get; }

    /// <summary>Whether none is.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether any is.</summary>
    bool NonEmpty { get; }

    /// <summary>Whether the next <see cref="Stash"/> would overflow.</summary>
    bool IsFull { get; }

    /// <summary>Most messages that can be put aside; -1 for no bound.</summary>
    int Capacity { get; }

    /// <summary>Puts the current message aside, with its sender.</summary>
    /// <exception cref="IllegalActorStateException">This delivery is put aside already.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Puts the oldest message back, before everything in the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all messages back in their order, before everything in the mailbox.</summary>
    void UnstashAll();

    /// <summary>Puts the messages that fit back in their order, before everything in the mailbox; drops the
    /// rest.</summary>
    /// <param name="predicate">Whether a message goes back.</param>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all messages out.</summary>
    /// <returns>In their order.</returns>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages aside before those that are.</summary>
    /// <param name="envelopes">In the order in which they are to be handled.</param>
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>Given to an actor that wants a stash; it is null while the constructor runs.</summary>
public interface IWithStash
{
    /// <summary>The actor's stash; set by the engine.</summary>
    IStash Stash { get; set; }
}

/// <summary>As <see cref="IWithStash"/>: a stash has no bound unless the props give it one.</summary>
public interface IWithUnboundedStash : IWithStash;
