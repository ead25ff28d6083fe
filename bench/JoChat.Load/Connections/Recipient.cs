namespace JoChat.Load;

/// <summary>Receives what one sender sends to it, and checks that each message arrives once and in order.</summary>
internal sealed class Recipient(LoadState state) : IConversation
{
    private long _received;
    private long _next; // the number that must come next

    /// <summary>Latencies of what arrived while the load was counting, since the last <see cref="Restart"/>.</summary>
    public LatencyHistogram EndToEnd { get; private set; } = new();

    public long Received => Volatile.Read(ref _received);

    /// <summary>Whether a request that was sent after the load is answered: everything before it has arrived.</summary>
    public bool IsFenced { get; private set; }

    public long FirstAt { get; private set; }

    public long LastAt { get; private set; }

    /// <summary>Discards the latencies; not while the load is counting.</summary>
    public void Restart() => EndToEnd = new();

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        if (NumberedText.TryFind(body, out var number, out var sentAt))
        {
            if (number != _next) { state.Fail($"Message {number} came when {_next} was due"); }
            if (state.IsCounting) { EndToEnd.Record(now - sentAt); }
            if (_received == 0) { FirstAt = now; }
            LastAt = now;
            _next = number + 1;
            _received++;
        }
        else if (body.StartsWith("{\"msg_type\":\"count_unread\",\"data\":{\"status\":\"ok\""u8))
        {
            IsFenced = true;
        }
        else if (!body.StartsWith("{\"msg_type\":\"login\",\"data\":{\"status\":\"ok\""u8)
            && !body.StartsWith("{\"msg_type\":\"queue_empty\""u8))
        {
            state.Fail("A recipient was told what it does not know", body);
        }
    }

    public void Continue() { }

    public void Lost(string reason) => state.Fail($"A recipient was cut off: {reason}");
}
