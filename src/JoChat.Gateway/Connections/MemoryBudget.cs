namespace JoChat.Gateway;

/// <summary>Bounds what all connections together keep in memory: requests that are not whole or not answered, and
/// answers that are not read. When it is used up, new requests are refused as busy; if that is not enough, who keeps
/// most is cut.</summary>
internal sealed partial class MemoryBudget(GatewayOptions options, TimeProvider time, ILogger<MemoryBudget> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly HashSet<HeldMemory> _holders = [];
    private long _held;
    private long _lastLogged = long.MinValue;
    private int _cut; // not logged yet

    /// <summary>Whether it is used up.</summary>
    public bool IsSpent => Volatile.Read(ref _held) > options.MaxBufferedBytes;

    /// <summary>The bytes that are kept, by connections that keep more than a few.</summary>
    public long Held => Volatile.Read(ref _held);

    // What is kept beyond the budget by requests that were begun before it was used up.
    private long MostHeld => options.MaxBufferedBytes + (options.MaxBufferedBytes / 4);

    /// <summary>Counts anew what a connection keeps.</summary>
    public void Count(HeldMemory holder)
    {
        HeldMemory? most = null;
        lock (_lock)
        {
            if (holder.IsWrittenOff) { return; }
            _held -= holder.Counted;
            holder.Recount();
            _held += holder.Counted;
            if (holder.Counted > 0) { _holders.Add(holder); }
            else { _holders.Remove(holder); }
            if (_held > MostHeld)
            {
                most = _holders.MaxBy(each => each.Counted)!; // there are some, or nothing would be held
                WriteOff(most);
            }
        }
        most?.Cut();
    }

    /// <summary>Counts a connection no more.</summary>
    public void Forget(HeldMemory holder)
    {
        lock (_lock)
        {
            _held -= holder.Counted;
            holder.WriteOff();
            _holders.Remove(holder);
        }
    }

    // At once: its memory is free when its session has ended, and until then nobody else need be cut for it.
    private void WriteOff(HeldMemory holder)
    {
        var bytes = holder.Counted;
        Forget(holder);
        _cut++;
        if (_lastLogged != long.MinValue && time.GetElapsedTime(_lastLogged) < LogInterval) { return; }
        Log.Cut(logger, options.MaxBufferedBytes, _cut, bytes);
        (_lastLogged, _cut) = (time.GetTimestamp(), 0);
    }

    private static partial class Log
    {
        [LoggerMessage(4022, LogLevel.Warning,
            "Clients keep more than jochat.gateway.max-buffered ({Bytes} bytes) in memory: requests are refused as busy, and "
            + "the connections with most were closed, {Count} since this was last told, the last one with {Held} bytes")]
        public static partial void Cut(ILogger logger, long bytes, int count, long held);
    }
}

/// <summary>What one connection keeps in memory. Any thread.</summary>
/// <param name="budget">Who counts it.</param>
/// <param name="cut">Cuts the connection.</param>
internal sealed class HeldMemory(MemoryBudget budget, Action cut)
{
    // What most connections keep while they are busy. Beyond it, as much again is counted each time.
    public const int Step = 8 * 1024;

    private long _bytes;
    private long _counted;
    private long _input; // the reader's alone

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>What is counted for it. The budget's, under its lock.</summary>
    public long Counted => Volatile.Read(ref _counted);

    /// <summary>Whether it is counted no more. The budget's, under its lock.</summary>
    public bool IsWrittenOff { get; private set; }

    /// <summary>Adds bytes; below 0: takes them away.</summary>
    public void Add(long bytes)
    {
        if (bytes == 0) { return; }
        if (IsFarFromCounted(Interlocked.Add(ref _bytes, bytes))) { budget.Count(this); }
    }

    /// <summary>Counts what there is. Under the budget's lock.</summary>
    public void Recount()
    {
        do
        {
            var bytes = Bytes;
            // With a full fence: either what another thread adds now is seen below, or that thread sees this.
            Interlocked.Exchange(ref _counted, bytes > Step ? bytes : 0);
        }
        while (IsFarFromCounted(Bytes));
    }

    /// <summary>Counts nothing from now on. Under the budget's lock.</summary>
    public void WriteOff()
    {
        Volatile.Write(ref _counted, 0);
        IsWrittenOff = true;
    }

    /// <summary>Notes how much is read and not taken: a part of a request. The reader's thread only.</summary>
    public void SetInput(long bytes)
    {
        Add(bytes - _input);
        _input = bytes;
    }

    private bool IsFarFromCounted(long bytes) => Math.Abs(bytes - Counted) > Step;

    public void Cut() => cut();

    /// <summary>The connection is closed.</summary>
    public void Forget() => budget.Forget(this);
}
