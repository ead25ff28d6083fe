namespace JoChat.ActorEngine;

/// <summary>The system messages that wait for one actor: many writers without locks, one reader.</summary>
/// <remarks>A linked stack that the reader takes as a whole and turns around. Mutable struct, to live inside the
/// mailbox; never copied.</remarks>
internal struct SystemQueue
{
    private SystemMessage? _newest;

    public readonly bool IsEmpty => _newest is null;

    /// <summary>For any thread. Passes a full fence after the message became visible.</summary>
    public void Enqueue(SystemMessage message)
    {
        var newest = Volatile.Read(ref _newest);
        while (true)
        {
            message.Next = newest;
            var seen = Interlocked.CompareExchange(ref _newest, message, newest);
            if (ReferenceEquals(seen, newest)) { return; }
            newest = seen;
        }
    }

    /// <summary>Takes all, the oldest first, linked by <see cref="SystemMessage.Next"/>. For the reader only.</summary>
    public SystemMessage? TakeAll()
    {
        if (Volatile.Read(ref _newest) is null) { return null; }
        var message = Interlocked.Exchange(ref _newest, null);
        SystemMessage? oldest = null;
        while (message is not null)
        {
            var older = message.Next;
            message.Next = oldest;
            oldest = message;
            message = older;
        }

        return oldest;
    }
}
