using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine;

/// <summary>A ring of messages with many writers and one reader. Once full it is frozen, and the queue goes on in the
/// next, larger one; so a queue that has found its size allocates nothing any more.</summary>
/// <remarks>A writer claims a position by moving the tail, then fills the slot: sender first, message last. A slot
/// without a message beyond the head is therefore empty or still being filled. The reader empties the slot before it
/// moves the head, so a position within capacity of the head is free to be claimed.</remarks>
internal sealed class UserQueueSegment(int capacity)
{
    private const long Frozen = long.MinValue;

    // A writer that lost a position to another waits some 0.3 µs: meanwhile the other writes a burst with the cache
    // lines it has, instead of both taking them from each other for every message.
    private const int ContentionPause = 30;

    // The length is a power of two.
    private readonly Slot[] _slots = new Slot[capacity];

    // Position of the next message to be written; negative once frozen. Moved by writers.
    private long _tail;

    // Position of the next message to be read as the reader last told the writers, who see by it what is free. Told
    // seldom: each time takes the cache line from them.
    private long _head;

    /// <summary>Where the queue goes on once this segment is frozen; set once, by whichever writer is first.</summary>
    public UserQueueSegment? Next;

    public int Capacity => _slots.Length;

    /// <summary>Where the reader begins.</summary>
    public long Head => _head;

    /// <summary>Whether the reader will find something here or in the next segment, now or in an instant. For the
    /// reader; it must have published its position, and passed a full fence since it last said that it
    /// sleeps.</summary>
    public bool HasMessages => (Volatile.Read(ref _tail) & ~Frozen) != _head || Volatile.Read(ref Next) is not null;

    /// <summary>For any thread.</summary>
    /// <returns>False if the segment is frozen: write to the next one.</returns>
    public bool TryEnqueue(object message, IActorRef? sender)
    {
        var slots = _slots;
        var tail = Volatile.Read(ref _tail);
        while (tail >= 0)
        {
            var isFull = tail - Volatile.Read(ref _head) >= slots.Length;
            var seen = Interlocked.CompareExchange(ref _tail, isFull ? tail | Frozen : tail + 1, tail);
            if (seen != tail)
            {
                Thread.SpinWait(ContentionPause);
                tail = Volatile.Read(ref _tail);
                continue;
            }

            if (isFull) { return false; }
            ref var slot = ref slots[(int)tail & (slots.Length - 1)];
            slot.Sender = sender;
            Volatile.Write(ref slot.Message, message);
            return true;
        }

        return false;
    }

    /// <summary>For the reader only.</summary>
    /// <param name="position">The reader's position, which begins with <see cref="Head"/>.</param>
    /// <param name="message">What was told.</param>
    /// <param name="sender">By whom.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDequeue(ref long position, out object message, out IActorRef? sender)
    {
        ref var slot = ref _slots[(int)position & (_slots.Length - 1)];
        var found = Volatile.Read(ref slot.Message);
        if (found is null)
        {
            if ((Volatile.Read(ref _tail) & ~Frozen) == position)
            {
                message = null!;
                sender = null;
                return false;
            }

            found = AwaitWriter(ref slot);
        }

        message = found;
        sender = slot.Sender;
        slot.Sender = null;
        slot.Message = null;
        position++;
        if ((position & ((_slots.Length - 1) >> 3)) == 0) { Publish(position); }
        return true;
    }

    /// <summary>Frees everything before that position for writers. For the reader only.</summary>
    public void Publish(long position) => Volatile.Write(ref _head, position);

    // The writer has claimed the slot and is between two instructions, or was preempted there.
    private static object AwaitWriter(ref Slot slot)
    {
        var spinner = default(SpinWait);
        object? found;
        while ((found = Volatile.Read(ref slot.Message)) is null) { spinner.SpinOnce(); }
        return found;
    }

    private struct Slot
    {
        public object? Message;
        public IActorRef? Sender;
    }
}
