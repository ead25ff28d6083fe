using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The messages between the server and the program, over all connections: each is shown once, and acknowledged
/// when the program asks for the one after it.</summary>
internal sealed class Inbox : IDisposable
{
    /// <summary>As many acknowledgements are due at once; fewer are due after <see cref="AckDelay"/>.</summary>
    public const int AckBatch = 64;

    public static readonly TimeSpan AckDelay = TimeSpan.FromMilliseconds(50);

    // Only what is not acknowledged comes again, and that is a window; lower ids may come later than higher ones (a
    // live message that another session did not receive), so one mark would not do.
    private const int RememberedIds = 4096;

    private readonly Lock _gate = new();
    private readonly ITimer _ackTimer;

    // Each wakes one loop, which then looks for itself.
    private readonly Channel<bool> _arrived = Signal();
    private readonly Channel<bool> _room = Signal();
    private readonly Channel<bool> _ackDue = Signal();

    // Under the gate. The first message in the queue may be in the program's hands.
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

    /// <summary>Says how the server of this connection delivers.</summary>
    /// <param name="capacity">Most messages held before the socket is read no more.</param>
    /// <param name="isAcknowledging">Whether it waits for acknowledgements.</param>
    public void Begin(int capacity, bool isAcknowledging)
    {
        lock (_gate)
        {
            (_capacity, _isAcknowledging) = (capacity, isAcknowledging);
            _seen.Grow(2 * capacity);
        }
    }

    /// <summary>Forgets everything: another session begins.</summary>
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

    /// <summary>Takes a message from the server. Waits while there is no room.</summary>
    public async ValueTask OfferAsync(MessageArrived message, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_seen.Add(message.Id)) { _queue.Enqueue(message); }
            else if (_queue.All(held => held.Id != message.Id)) { Acknowledge(message.Id); } // the first one was lost
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

    /// <summary>Waits until acknowledgements are due.</summary>
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
    /// <param name="end">What to throw; null if the program itself has ended the client.</param>
    public void End(Func<JoChatException>? end)
    {
        lock (_gate)
        {
            (_end, _isOver) = (end, true);
            if (_isAcknowledging) { _queue.Clear(); } // they are away again, and come to the next session
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
                    _arrived.Writer.TryWrite(true); // for whoever asks again
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
            // Another session may have begun meanwhile, with another first message.
            if (!_queue.TryPeek(out var first) || !ReferenceEquals(first, message)) { return; }
            _queue.Dequeue();
            Acknowledge(message.Id);
        }
        _room.Writer.TryWrite(true);
    }

    // Under the gate.
    private void Acknowledge(long id)
    {
        if (!_isAcknowledging || !_due.Add(id)) { return; }
        if (_due.Count == 1) { _ackTimer.Change(AckDelay, Timeout.InfiniteTimeSpan); }
        if (_due.Count == AckBatch) { _ackDue.Writer.TryWrite(true); }
    }
}
