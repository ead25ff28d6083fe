using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The messages that were pushed and not yet read by the program, over all connections: each is yielded once,
/// and acknowledged when the program asks for the next one.</summary>
internal sealed class Inbox : IDisposable
{
    /// <summary>This many acks are sent at once; fewer wait for <see cref="AckDelay"/>.</summary>
    public const int AckBatch = 64;

    public static readonly TimeSpan AckDelay = TimeSpan.FromMilliseconds(50);

    // For deduplication. Only unacknowledged messages, at most a window, are pushed again. A single watermark would not
    // do: a lower id may arrive after a higher one (a live message that another session did not acknowledge).
    private const int RememberedIds = 4096;

    private readonly Lock _gate = new();
    private readonly ITimer _ackTimer;

    // Wake-up signals, each for one loop, which then checks the state itself.
    private readonly Channel<bool> _arrived = Signal();
    private readonly Channel<bool> _room = Signal();
    private readonly Channel<bool> _ackDue = Signal();

    // Guarded by _gate. The program may be processing the first message of the queue.
    private readonly Queue<MessageArrived> _queue = [];
    private readonly SortedSet<long> _due = [];
    private SeenIds _seen = new(RememberedIds);
    private int _capacity;
    private bool _isAcknowledging;
    private Func<JoChatException>? _end;
    private bool _isOver;

    private bool _isRead;

    public Inbox(TimeProvider time)
    {
        _ackTimer = time.CreateTimer(
            _ => _ackDue.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Configures the inbox for a new connection.</summary>
    /// <param name="capacity">Most messages held; beyond that the socket is not read (back-pressure).</param>
    /// <param name="isAcknowledging">Whether the server expects acks.</param>
    public void Begin(int capacity, bool isAcknowledging)
    {
        lock (_gate)
        {
            (_capacity, _isAcknowledging) = (capacity, isAcknowledging);
            _seen.Grow(2 * capacity);
        }
    }

    /// <summary>Drops everything: another session begins.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _queue.Clear();
            _due.Clear();
            _seen = new SeenIds(RememberedIds);
        }
        _room.Writer.TryWrite(true);
    }

    /// <summary>Adds a message from the server. Waits while the inbox is full.</summary>
    public async ValueTask OfferAsync(MessageArrived message, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_seen.Add(message.Id)) { _queue.Enqueue(message); }
            else if (_queue.All(held => held.Id != message.Id)) { Acknowledge(message.Id); } // its first ack was lost
        }
        _arrived.Writer.TryWrite(true);
        while (IsFull()) { await _room.Reader.ReadAsync(cancellation).ConfigureAwait(false); }
    }

    /// <summary>The messages, until the client ends.</summary>
    public async IAsyncEnumerable<MessageArrived> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isRead, true))
        {
            throw new InvalidOperationException("The messages are being read already; one loop at a time can.");
        }
        try
        {
            while (await NextAsync(cancellation).ConfigureAwait(false) is { } message)
            {
                yield return message;
                Release(message);
            }
        }
        finally
        {
            Volatile.Write(ref _isRead, false);
        }
    }

    /// <summary>Waits until acks are due.</summary>
    public ValueTask<bool> AckDueAsync(CancellationToken cancellation) => _ackDue.Reader.ReadAsync(cancellation);

    /// <summary>Takes the ids to acknowledge; none if there are none.</summary>
    public ImmutableArray<long> TakeDue()
    {
        lock (_gate)
        {
            ImmutableArray<long> due = [.. _due];
            _due.Clear();
            return due;
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <param name="end">What to throw; null if the program has disposed the client.</param>
    public void End(Func<JoChatException>? end)
    {
        lock (_gate)
        {
            (_end, _isOver) = (end, true);
            if (_isAcknowledging) { _queue.Clear(); } // undelivered again: the next session gets them
        }
        _arrived.Writer.TryWrite(true);
    }

    public void Dispose() => _ackTimer.Dispose();

    private static Channel<bool> Signal() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool IsFull()
    {
        lock (_gate) { return _queue.Count > _capacity; }
    }

    private async ValueTask<MessageArrived?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            lock (_gate)
            {
                if (_queue.TryPeek(out var message)) { return message; }
                if (_isOver)
                {
                    _arrived.Writer.TryWrite(true); // for the next call
                    return _end is null ? null : throw _end();
                }
            }
            await _arrived.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Release(MessageArrived message)
    {
        lock (_gate)
        {
            // Meanwhile another session may have begun, with another first message.
            if (!_queue.TryPeek(out var first) || !ReferenceEquals(first, message)) { return; }
            _queue.Dequeue();
            Acknowledge(message.Id);
        }
        _room.Writer.TryWrite(true);
    }

    // Call it under _gate.
    private void Acknowledge(long id)
    {
        if (!_isAcknowledging || !_due.Add(id)) { return; }
        if (_due.Count == 1) { _ackTimer.Change(AckDelay, Timeout.InfiniteTimeSpan); }
        if (_due.Count == AckBatch) { _ackDue.Writer.TryWrite(true); }
    }
}
