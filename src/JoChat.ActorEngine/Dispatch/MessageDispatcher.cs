namespace JoChat.ActorEngine;

/// <summary>Decides on which thread, and when, a mailbox runs its next batch. Everything an actor does runs through
/// here, so a dispatcher that keeps the mailboxes and runs them one by one makes a whole system
/// deterministic.</summary>
/// <param name="throughput">Most user messages a mailbox handles in one run, ≥ 1.</param>
internal abstract class MessageDispatcher(int throughput)
{
    public int Throughput { get; } = throughput;

    /// <summary>Has <see cref="Mailbox.Execute"/> called once. For any thread.</summary>
    /// <param name="mailbox">Is not given again before it has run.</param>
    /// <param name="isFresh">False if the mailbox has just run and still has work: others should go first.</param>
    public abstract void Dispatch(Mailbox mailbox, bool isFresh);

    /// <summary>The actor has stopped; its mailbox runs again only for what was told too late.</summary>
    public virtual void Detach()
    {
    }
}
