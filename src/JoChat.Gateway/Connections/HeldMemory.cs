using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>What one connection keeps in memory. Any thread.</summary>
/// <param name="budget">Who counts it.</param>
/// <param name="address">Where the client is.</param>
/// <param name="cut">Cuts the connection, soon: who counts may hold a lock.</param>
internal sealed class HeldMemory(MemoryBudget budget, ClientAddress address, Action cut)
{
    // What most connections keep while they are busy. Beyond it, as much again is counted each time.
    public const int Step = 8 * 1024;

    private long _bytes;
    private long _counted;
    private long _input; // the reader's alone

    public ClientAddress Address { get; } = address;

    /// <summary>What is counted for it.</summary>
    public long Counted => Volatile.Read(ref _counted);

    /// <summary>Since when something is, as a time stamp of the budget's clock. The budget's, under its lock.</summary>
    public long CountedSince { get; private set; }

    /// <summary>Whether it is counted no more. The budget's, under its lock.</summary>
    public bool IsWrittenOff { get; private set; }

    /// <summary>Adds bytes; below 0: takes them away.</summary>
    public void Add(long bytes)
    {
        if (bytes == 0) { return; }
        if (IsFarFromCounted(Interlocked.Add(ref _bytes, bytes))) { budget.Count(this); }
    }

    /// <summary>Notes how much is read and not taken: a part of a request. The reader's thread only.</summary>
    public void SetInput(long bytes)
    {
        Add(bytes - _input);
        _input = bytes;
    }

    /// <summary>Counts what there is. The budget's, under its lock.</summary>
    /// <returns>How much more than before.</returns>
    public long Recount(TimeProvider time)
    {
        var before = Counted;
        do
        {
            var bytes = Volatile.Read(ref _bytes);
            // With a full fence: either what another thread adds now is seen below, or that thread sees this.
            Interlocked.Exchange(ref _counted, bytes > Step ? bytes : 0);
        }
        while (IsFarFromCounted(Volatile.Read(ref _bytes)));
        if (before == 0) { CountedSince = time.GetTimestamp(); }
        return Counted - before;
    }

    /// <summary>Counts nothing from now on. The budget's, under its lock.</summary>
    /// <returns>How much more than before: 0 or less.</returns>
    public long WriteOff()
    {
        IsWrittenOff = true;
        return -Interlocked.Exchange(ref _counted, 0);
    }

    public void Cut() => cut();

    /// <summary>The connection is closed.</summary>
    public void Forget() => budget.Forget(this);

    private bool IsFarFromCounted(long bytes) => Math.Abs(bytes - Counted) > Step;
}
