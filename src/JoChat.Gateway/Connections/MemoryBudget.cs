using System.Runtime.InteropServices;
using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>Bounds what all connections together keep in memory: requests that are not whole or not answered, and
/// answers that are not read. When it is used up, requests are refused as busy where much is kept: of connections that
/// keep more than a few KiB, at addresses that keep more than their share. Who has kept most for long is cut then, and
/// at once if that is not enough; so nobody can hold it against the others.</summary>
internal sealed partial class MemoryBudget(
    Changeable<GatewayOptions> options, TimeProvider time, ILogger<MemoryBudget> logger)
{
    private const int Shares = 64; // of the budget; an address may always keep one

    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10); // to send a request or to read an answer
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100); // looking takes time under the lock

    private readonly Lock _lock = new();
    private readonly HashSet<HeldMemory> _holders = [];
    private readonly Dictionary<ClientAddress, long> _ofAddress = [];
    private long _held;
    private long? _lookedAt;
    private long? _loggedAt;
    private int _cut; // not logged yet

    /// <summary>Whether it is used up.</summary>
    public bool IsSpent => Volatile.Read(ref _held) > Most;

    /// <summary>The bytes that are kept, by connections that keep more than a few.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>The bytes that may be kept.</summary>
    public long Most => options.Value.MaxBufferedBytes;

    /// <summary>Counts the connections that are cut; null if nothing is measured.</summary>
    public CountsBy<ConnectionRefusal>? Refusals { get; init; }

    // What is kept beyond the budget by requests that were begun before it was used up.
    private long MostHeld => Most + (Most / 4);

    /// <summary>Whether a request is served; if not, it is refused as busy.</summary>
    /// <param name="holder">What its connection keeps, the request among it.</param>
    public bool Admits(HeldMemory holder)
    {
        if (!IsSpent || holder.Counted == 0) { return true; }
        HeldMemory? cut;
        lock (_lock)
        {
            if (_ofAddress.GetValueOrDefault(holder.Address) <= Most / Shares) { return true; }
            cut = WriteOffWhoKeepsLong();
        }
        cut?.Cut();
        return false;
    }

    /// <summary>Counts anew what a connection keeps.</summary>
    public void Count(HeldMemory holder)
    {
        HeldMemory? cut = null;
        lock (_lock)
        {
            if (holder.IsWrittenOff) { return; }
            Note(holder, holder.Recount(time));
            if (_held > MostHeld)
            {
                cut = FindMost(_holders)!; // there are some, or nothing would be held
                WriteOff(cut);
            }
        }
        cut?.Cut();
    }

    /// <summary>Counts a connection no more.</summary>
    public void Forget(HeldMemory holder)
    {
        lock (_lock) { Note(holder, holder.WriteOff()); }
    }

    private void Note(HeldMemory holder, long added)
    {
        _held += added;
        if (holder.Counted > 0) { _holders.Add(holder); }
        else { _holders.Remove(holder); }
        ref var ofAddress = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofAddress, holder.Address, out _);
        ofAddress += added;
        if (ofAddress == 0) { _ofAddress.Remove(holder.Address); }
    }

    private HeldMemory? WriteOffWhoKeepsLong()
    {
        if (_lookedAt is { } last && time.GetElapsedTime(last) < LookInterval) { return null; }
        _lookedAt = time.GetTimestamp();
        var found = FindMost(_holders.Where(each => time.GetElapsedTime(each.CountedSince) >= Long));
        if (found is not null) { WriteOff(found); }
        return found;
    }

    // Of the address that keeps most, whoever keeps most there.
    private HeldMemory? FindMost(IEnumerable<HeldMemory> among) =>
        among.MaxBy(each => (_ofAddress[each.Address], each.Counted));

    // At once: its memory is free when its session has ended, and until then nobody else need be cut for it.
    private void WriteOff(HeldMemory holder)
    {
        var bytes = holder.Counted;
        Note(holder, holder.WriteOff());
        _cut++;
        Refusals?.Add(ConnectionRefusal.Memory);
        if (_loggedAt is { } last && time.GetElapsedTime(last) < LogInterval) { return; }
        Log.Cut(logger, Most, _cut, bytes);
        (_loggedAt, _cut) = (time.GetTimestamp(), 0);
    }

    private static partial class Log
    {
        [LoggerMessage(4022, LogLevel.Warning,
            "Clients keep more than jochat.gateway.max-buffered ({Bytes} bytes) in memory: requests are refused as busy, and "
            + "the connections with most were closed, {Count} since this was last told, the last one with {Held} bytes")]
        public static partial void Cut(ILogger logger, long bytes, int count, long held);
    }
}
