using System.Text;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>One transaction with one sync to disk, and the messages that may leave only when it is durable.</summary>
internal sealed class Batch(IChatStore store, PersistenceOptions options)
{
    private readonly List<Held> _held = [];
    private int _writes;
    private long _bytes;

    public bool IsOpen { get; private set; }

    public bool IsFull => _writes >= options.MaxBatchWrites || _bytes >= options.MaxBatchBytes;

    /// <summary>Opens the batch if it is not open. True if it was not.</summary>
    public bool Open()
    {
        if (IsOpen) { return false; }
        store.Begin();
        return IsOpen = true;
    }

    public void CountWrite() => _writes++;

    /// <summary>Counts what a write stores, or what a read that must wait for the batch has fetched.</summary>
    public void CountContent(string content)
    {
        if (IsOpen) { _bytes += Encoding.UTF8.GetByteCount(content); }
    }

    /// <summary>Keeps an answer until the batch is durable; if it fails, <see cref="StoreFailed"/> goes
    /// instead.</summary>
    public void HoldAnswer(IActorRef asker, object command, object answer) =>
        _held.Add(new Held(asker, answer, command));

    /// <summary>Keeps an answer that was read within the batch; if it fails, the answer is to be read again.</summary>
    public void HoldRead(IActorRef asker, object answer, Action again) =>
        _held.Add(new Held(asker, answer, Command: null) { Again = again });

    /// <summary>Keeps a message until the batch is durable; if it fails, the message is dropped.</summary>
    public void HoldDelivery(IActorRef recipient, object message) =>
        _held.Add(new Held(recipient, message, Command: null));

    /// <summary>Keeps a command for another actor until the batch is durable or undone.</summary>
    public void HoldCommand(IActorRef reader, object command, IActorRef asker) =>
        _held.Add(new Held(reader, command, Command: null, asker));

    /// <summary>Makes the batch durable and lets go what it held, in order.</summary>
    public void Commit()
    {
        store.Commit();
        foreach (var held in _held) { held.Release(); }
        Close();
    }

    /// <summary>Undoes the batch and tells everyone who waits for it.</summary>
    /// <returns>What is to be read again.</returns>
    public IReadOnlyList<Action> Fail()
    {
        store.Rollback();
        var reads = new List<Action>();
        foreach (var held in _held)
        {
            if (held.Again is not null) { reads.Add(held.Again); }
            else if (held.Command is not null) { held.To.Tell(new StoreFailed(held.Command)); }
            else if (held.Asker is not null) { held.Release(); }
        }
        Close();
        return reads;
    }

    private void Close()
    {
        _held.Clear();
        (_writes, _bytes, IsOpen) = (0, 0, false);
    }

    private readonly record struct Held(IActorRef To, object Message, object? Command, IActorRef? Asker = null)
    {
        public Action? Again { get; init; }

        public void Release()
        {
            if (Asker is null) { To.Tell(Message); }
            else { To.Tell(Message, Asker); }
        }
    }
}
