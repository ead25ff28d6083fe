using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine;

/// <summary>What was told to an actor and waits: many writers without locks, one reader, in order.</summary>
/// <remarks>Mutable struct, to live inside the mailbox; never copied.</remarks>
internal struct UserQueue
{
    // An idle actor keeps its first segment, so that one is small. The largest, of 64 KiB, is not a large object yet:
    // those are collected by full collections only.
    private const int FirstCapacity = 2;
    private const int MaxCapacity = 1 << 12;

    // Where writers write.
    private UserQueueSegment _tail;

    // Where the reader reads.
    private UserQueueSegment _head;

    // Messages put before everything else; the next one on top. The reader's own.
    private Stack<Envelope>? _front;

    public UserQueue() => _head = _tail = new UserQueueSegment(FirstCapacity);

    /// <summary>See <see cref="UserQueueSegment.HasMessages"/>.</summary>
    public readonly bool HasMessages => _front is { Count: > 0 } || _head.HasMessages;

    /// <summary>For any thread. Passes a full fence after the message became visible to
    /// <see cref="HasMessages"/>.</summary>
    public void Enqueue(object message, IActorRef? sender)
    {
        var segment = Volatile.Read(ref _tail);
        while (!segment.TryEnqueue(message, sender)) { segment = Advance(segment); }
    }

    /// <summary>The reader's position, for <see cref="TryDequeue"/>. Only what was published counts as read.</summary>
    public readonly long BeginReading() => _head.Head;

    /// <summary>Publishes the reader's position. For the reader only.</summary>
    public readonly void EndReading(long position) => _head.Publish(position);

    /// <summary>For the reader only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDequeue(ref long position, out object message, out IActorRef? sender) =>
        (_front is null && _head.TryDequeue(ref position, out message, out sender))
        || TryDequeueElsewhere(ref position, out message, out sender);

    /// <summary>Puts messages before all others, in their order. For the reader only.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        if (envelopes.Count == 0) { return; }
        _front ??= new Stack<Envelope>();
        for (var i = envelopes.Count - 1; i >= 0; i--) { _front.Push(envelopes[i]); }
    }

    private bool TryDequeueElsewhere(ref long position, out object message, out IActorRef? sender)
    {
        if (_front is { Count: > 0 })
        {
            var envelope = _front.Pop();
            // Its room goes with it, and what follows is taken the short way again.
            if (_front.Count == 0) { _front = null; }
            message = envelope.Message;
            sender = envelope.Sender;
            return true;
        }

        while (!_head.TryDequeue(ref position, out message, out sender))
        {
            var next = Volatile.Read(ref _head.Next);
            if (next is null) { return false; }
            // Nothing is added to it any more, but it may have been filled up since we found it empty.
            if (_head.TryDequeue(ref position, out message, out sender)) { return true; }
            _head = next;
            position = next.Head;
        }

        return true;
    }

    private UserQueueSegment Advance(UserQueueSegment full)
    {
        var next = Volatile.Read(ref full.Next);
        if (next is null)
        {
            var fresh = new UserQueueSegment(Math.Min(full.Capacity * 4, MaxCapacity));
            next = Interlocked.CompareExchange(ref full.Next, fresh, null) ?? fresh;
        }

        // Whoever is late finds the tail moved on already, by another writer.
        Interlocked.CompareExchange(ref _tail, next, full);
        return next;
    }
}
